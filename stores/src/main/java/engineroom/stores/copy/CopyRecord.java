package engineroom.stores.copy;

import static engineroom.problem.ProblemException.problem;

import engineroom.problem.StoreProblem.Unavailable;
import engineroom.stores.migrate.Ground;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a target remembers of the copy into it, until an app is served from it: written in the
/// transactions that it tells of, so that a copy that was cut short goes on where it was.
public final class CopyRecord {
  private static final String TABLE = "_engineroom_copy";
  private static final String CREATE =
      """
      CREATE TABLE IF NOT EXISTS "_engineroom_copy" (
        name VARCHAR(60) NOT NULL PRIMARY KEY, value TEXT NOT NULL)""";
  private static final String READ = "SELECT value FROM \"_engineroom_copy\" WHERE name = ?";
  private static final String ADD = "INSERT INTO \"_engineroom_copy\" (name, value) VALUES (?, ?)";
  private static final String FORGET = "DELETE FROM \"_engineroom_copy\" WHERE name = ?";
  private static final String SOURCE = "source";
  private static final String PHASE = "phase";
  private static final String FOLLOWED = "followed";
  private static final String LOOSE = "loose ";

  private final Ground ground;

  private CopyRecord(Ground ground) {
    this.ground = ground;
  }

  /// How far a copy is.
  enum Phase {
    /// Tables are copied one after the other, each in the order of its key.
    ROWS,
    /// All are, and changes are followed.
    FOLLOWING,
    /// The target is as the source was, and nobody served it since.
    DONE
  }

  /// Whether a copy into this database was begun.
  public static boolean begun(Ground ground) {
    return ground.has(TABLE) && new CopyRecord(ground).read(PHASE) != null;
  }

  /// Lets an app be served from a database: refuses where a copy into it is not finished, and
  /// forgets a finished one.
  public static void serve(Ground ground) {
    if (!begun(ground)) {
      return;
    }
    if (new CopyRecord(ground).phase() != Phase.DONE) {
      throw problem(
          new Unavailable(
              "A copy into this database is not finished.",
              "Run engineroom copy again: it goes on where it was. Or take an empty database."));
    }
    ground.session().execute("DROP TABLE \"_engineroom_copy\"");
  }

  /// The record of a copy that was begun.
  static Optional<CopyRecord> find(Ground ground) {
    return begun(ground) ? Optional.of(new CopyRecord(ground)) : Optional.empty();
  }

  /// Begins a copy.
  ///
  /// @param followed the change up to which rows need not be followed
  static CopyRecord begin(Ground ground, String source, long followed) {
    ground.session().execute(CREATE);
    var record = new CopyRecord(ground);
    record.put(SOURCE, source);
    record.put(PHASE, Phase.ROWS.name());
    record.followed(followed);
    return record;
  }

  String source() {
    return String.valueOf(read(SOURCE));
  }

  Phase phase() {
    var phase = read(PHASE);
    return phase == null ? Phase.ROWS : Phase.valueOf(phase);
  }

  void phase(Phase phase) {
    put(PHASE, phase.name());
  }

  /// The number up to which changes were followed.
  long followed() {
    var number = read(FOLLOWED);
    return number == null ? 0 : Long.parseLong(number);
  }

  void followed(long number) {
    put(FOLLOWED, Long.toString(number));
  }

  /// Adds what puts back what was taken away.
  void loosened(List<String> statements) {
    var all = new ArrayList<>(loose());
    for (var statement : statements) {
      put(LOOSE + all.size(), statement);
      all.add(statement);
    }
  }

  /// What puts back what was taken away.
  List<String> loose() {
    var statements = new ArrayList<String>();
    for (var text = read(LOOSE + 0); text != null; text = read(LOOSE + statements.size())) {
      statements.add(text);
    }
    return statements;
  }

  /// Forgets what puts back, when it is back.
  void tightened() {
    for (var at = loose().size() - 1; at >= 0; at--) {
      write(FORGET, LOOSE + at);
    }
  }

  private @Nullable String read(String name) {
    try (var rows = ground.session().rows(READ, name)) {
      return rows.next() ? rows.text(0) : null;
    }
  }

  private void put(String name, String value) {
    write(FORGET, name);
    write(ADD, name, value);
  }

  private void write(String sql, Object... values) {
    try (var rows = ground.session().rows(sql, values)) {
      rows.next();
    }
  }
}
