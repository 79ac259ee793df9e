package engineroom.stores.postgres;

import engineroom.stores.SharedUse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What is used of limits, as a table that is in no log of the server: after a crash of the server
/// everybody begins anew.
final class PostgresUse implements SharedUse {
  static final String CREATE =
      """
      CREATE UNLOGGED TABLE IF NOT EXISTS "_engineroom_use" (
        name text COLLATE "C" NOT NULL, key bigint NOT NULL, whole bigint NOT NULL,
        used bigint NOT NULL, told timestamptz NOT NULL, PRIMARY KEY (name, key)
      ) WITH (fillfactor = 50)""";

  /// Longer than a process is silent that has something to tell.
  private static final Duration HEARD = Duration.ofSeconds(5);

  /// Told, or heard, in one statement.
  private static final int AT_ONCE = 20_000;

  private static final Duration LIMIT = Duration.ofSeconds(10);

  /// What a key used here comes to what the others used; where nobody else did, it ends when it
  /// does here.
  private static final String EXCHANGE =
      """
      WITH put AS (
        INSERT INTO "_engineroom_use" AS u (name, key, whole, used, told)
        SELECT t.name, t.key, t.whole, t.used, clock_timestamp()
        FROM unnest(CAST(? AS text[]), CAST(? AS bigint[]), CAST(? AS bigint[]),
          CAST(? AS bigint[])) AS t(name, key, whole, used)
        ON CONFLICT (name, key) DO UPDATE SET
          whole = greatest(u.whole + excluded.used, excluded.whole),
          used = excluded.used, told = excluded.told
        RETURNING name, key, whole)
      SELECT name, key, whole FROM put UNION ALL
      (SELECT name, key, whole FROM "_engineroom_use"
       WHERE told > clock_timestamp() - make_interval(secs => CAST(? AS double precision))
       ORDER BY whole DESC LIMIT ?)""";

  private static final String FORGET = "DELETE FROM \"_engineroom_use\" WHERE whole < ?";

  private final PostgresDatabase database;
  private long answered;
  private boolean asked;

  PostgresUse(PostgresDatabase database) {
    this.database = database;
  }

  @Override
  public synchronized List<Use> exchange(List<Use> used) {
    var begun = System.nanoTime();
    boolean lately = asked && begun - answered < HEARD.dividedBy(2).toNanos();
    var since = lately ? HEARD : Duration.ofDays(1);
    var told =
        used.stream()
            .sorted(
                Comparator.comparing(Use::limit).thenComparingLong(Use::key)) // no two wait in turn
            .limit(AT_ONCE)
            .toList();
    var heard = database.read(LIMIT, connection -> exchange(connection, told, since));
    answered = begun;
    asked = true;
    return heard;
  }

  private static List<Use> exchange(PostgresConnection connection, List<Use> told, Duration since) {
    var heard = new ArrayList<Use>();
    try (var rows =
        connection.rows(
            EXCHANGE,
            array(told, Use::limit),
            array(told, Use::key),
            array(told, Use::whole),
            array(told, Use::used),
            since.toSeconds(),
            (long) AT_ONCE)) {
      while (rows.next()) {
        heard.add(new Use(rows.text(0), rows.number(1), rows.number(2), 0));
      }
    }
    return heard;
  }

  /// Names of limits are words of ours.
  private static String array(List<Use> told, Function<Use, Object> part) {
    return told.stream()
        .map(use -> part.apply(use).toString())
        .collect(Collectors.joining(",", "{", "}"));
  }

  @Override
  public void forget(long now) {
    database.read(
        LIMIT,
        connection -> {
          connection.run(FORGET, now);
          return now;
        });
  }
}
