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
    var values = new LinkedHashMap<String, Value>();
    values.put("kind", Value.of(kind.name()));
    values.put("hash", Value.of(token.hash()));
    values.put("user", purpose.user());
    values.put("address", Value.of(purpose.address()));
    values.put("data", Value.of(purpose.data()));
    values.put("expiresAt", new Value.Timestamp(now.plus(good)));
    records.create(ENTITY, values);
    return token;
  }

  /// Uses the ticket of a token: its row, once; empty for everybody else.
  public Optional<Row> use(OpaqueToken.Kind kind, String text) {
    return OpaqueToken.parse(kind, text).flatMap(token -> use(kind, token));
  }

  private Optional<Row> use(OpaqueToken.Kind kind, OpaqueToken token) {
    var hash = Where.is("hash", Value.of(token.hash()));
    var unused =
        hash.andIs("kind", Value.of(kind.name()))
            .andIs("usedAt", Value.NULL)
            .and("expiresAt", Comparison.GREATER, new Value.Timestamp(now));
    var used = Map.<String, Value>of("usedAt", new Value.Timestamp(now));
    return records.changeWhere(ENTITY, unused, used, 1) == 1
        ? records.first(ENTITY, hash)
        : Optional.empty();
  }
}
