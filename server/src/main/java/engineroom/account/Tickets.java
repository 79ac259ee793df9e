package engineroom.account;

import engineroom.account.token.OpaqueToken;
import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.expression.Expression.Comparison;
import engineroom.records.Records;
import engineroom.records.Where;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What is good for one time: the links of mails. Only hashes are kept, and one use alone succeeds,
/// however many come at once.
public final class Tickets {
  private static final String ENTITY = "accountTicket";

  /// How often a code can be typed.
  static final int TRIES_MAX = 5;

  /// Far more than one user has open.
  private static final int OPEN_MAX = 10_000;

  /// How long tickets stay that are over, and how many go at a time.
  private static final Duration KEPT = Duration.ofDays(1);

  private static final int SWEPT = 2;

  private final Records records;
  private final SecureRandom random;
  private final Instant now;

  /// @param records of the transaction that it is part of
  public Tickets(Records records, SecureRandom random, Instant now) {
    this.records = records;
    this.random = random;
    this.now = now;
  }

  /// Whom a ticket is for, and what it does.
  ///
  /// @param user null value where there is none
  /// @param address that it is sent to
  /// @param data what its use needs to know; may be empty
  public record Purpose(Value user, String address, String data) {}

  /// Makes one and gives the token that uses it.
  public OpaqueToken make(OpaqueToken.Kind kind, Purpose purpose, Duration good) {
    var token = OpaqueToken.create(kind, random);
    make(token, purpose, good);
    return token;
  }

  /// Makes the one of a token that is there already.
  public void make(OpaqueToken token, Purpose purpose, Duration good) {
    sweep();
    var values = new LinkedHashMap<String, Value>();
    values.put("kind", Value.of(token.kind().name()));
    values.put("hash", Value.of(token.hash()));
    values.put("user", purpose.user());
    values.put("address", Value.of(purpose.address()));
    values.put("data", Value.of(purpose.data()));
    values.put("expiresAt", new Value.Timestamp(now.plus(good)));
    records.create(ENTITY, values);
  }

  /// Each new ticket takes some away that were over long ago, so that they don't heap up.
  private void sweep() {
    var over = Where.ALL.and("expiresAt", Comparison.LESS, new Value.Timestamp(now.minus(KEPT)));
    for (var old : records.all(ENTITY, over, SWEPT)) {
      records.deleteWhere(ENTITY, Where.is("id", old.id()), 1);
    }
  }

  /// How many of a kind are good for a user.
  public long open(OpaqueToken.Kind kind, Value user) {
    return records.count(ENTITY, good(Where.is("user", user).andIs("kind", Value.of(kind.name()))));
  }

  /// The ticket of a token, as long as it is good; it stays so.
  public Optional<Row> find(OpaqueToken.Kind kind, String text) {
    return OpaqueToken.parse(kind, text).flatMap(t -> records.first(ENTITY, good(of(t))));
  }

  /// The other ticket that was made for the same thing.
  public Optional<Row> partner(Row ticket, OpaqueToken.Kind kind) {
    var where = Where.is("user", ticket.value("user")).andIs("data", ticket.value("data"));
    return records.first(ENTITY, where.andIs("kind", Value.of(kind.name())));
  }

  /// Counts one more try of a ticket that is typed by hand; false where there were too many, or it
  /// is not good. Counted before anybody looks at what was typed.
  public boolean tries(OpaqueToken.Kind kind, String text) {
    var token = OpaqueToken.parse(kind, text);
    for (int tried = 0; token.isPresent() && tried < TRIES_MAX; tried++) {
      var where = good(of(token.get())).andIs("tries", Value.of(tried));
      var counted = Map.<String, Value>of("tries", Value.of(tried + 1L));
      if (records.changeWhere(ENTITY, where, counted, 1) == 1) {
        return true;
      }
    }
    return false;
  }

  /// Ends all that are open for a user, where what protects the account has changed.
  public static void endAll(Records records, Value user, Instant now) {
    var open = Where.is("user", user).andIs("usedAt", Value.NULL);
    records.changeWhere(ENTITY, open, Map.of("usedAt", new Value.Timestamp(now)), OPEN_MAX);
  }

  private static Where of(OpaqueToken token) {
    return Where.is("hash", Value.of(token.hash())).andIs("kind", Value.of(token.kind().name()));
  }

  private Where good(Where where) {
    return where
        .andIs("usedAt", Value.NULL)
        .and("expiresAt", Comparison.GREATER, new Value.Timestamp(now));
  }

  /// Uses the ticket of a token: its row, once; empty for everybody else.
  public Optional<Row> use(OpaqueToken.Kind kind, String text) {
    return OpaqueToken.parse(kind, text).flatMap(this::use);
  }

  private Optional<Row> use(OpaqueToken token) {
    var used = Map.<String, Value>of("usedAt", new Value.Timestamp(now));
    return records.changeWhere(ENTITY, good(of(token)), used, 1) == 1
        ? records.first(ENTITY, of(token))
        : Optional.empty();
  }
}
