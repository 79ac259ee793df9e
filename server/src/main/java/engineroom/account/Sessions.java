package engineroom.account;

import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.expression.Expression.Comparison;
import engineroom.modelfile.AccountSettings.Lengths;
import engineroom.records.Records;
import engineroom.records.Where;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The rows of sessions: one for each sign-in, ended by a word in them.
final class Sessions {
  static final String ENTITY = "session";

  /// How long after a refresh the same token gives the same successor.
  static final Duration GRACE = Duration.ofSeconds(5);

  /// Sessions of one user that are ended at once.
  private static final int SESSIONS_MAX = 10_000;

  private static final int LISTED_MAX = 200;

  private final Records records;
  private final Lengths lengths;
  private final Instant now;

  Sessions(Records records, Lengths lengths, Instant now) {
    this.records = records;
    this.lengths = lengths;
    this.now = now;
  }

  /// @param impersonator who acts in the name of the user; empty for nobody
  Row begin(Value user, Carrier carrier, Device device, String impersonator) {
    var values = new LinkedHashMap<String, Value>();
    values.put("user", user);
    values.put("kind", Value.of(carrier.name().toLowerCase(Locale.ROOT)));
    values.put("lastUsedAt", new Value.Timestamp(now));
    values.put("expiresAt", new Value.Timestamp(now.plus(lengths.session())));
    values.put("idleUntil", idleUntil(now.plus(lengths.session())));
    values.put("userAgent", text(device.userAgent()));
    values.put("addressPrefix", text(device.network()));
    values.put("impersonator", text(impersonator));
    return records.create(ENTITY, values);
  }

  private static Value text(String text) {
    return text.isEmpty() ? Value.NULL : Value.of(text);
  }

  private Value idleUntil(Instant end) {
    var idle = now.plus(lengths.idle());
    return new Value.Timestamp(idle.isBefore(end) ? idle : end);
  }

  Optional<Row> find(Value id) {
    return records.find(ENTITY, id);
  }

  /// Whether a session goes on.
  boolean lives(Row session) {
    return Fields.find(session, "endedAt") == null && now.isBefore(end(session));
  }

  /// When a session ends unless it is used.
  static Instant end(Row session) {
    var idle = Fields.moment(session, "idleUntil");
    var end = Fields.moment(session, "expiresAt");
    return idle.isBefore(end) ? idle : end;
  }

  /// Goes on from one place in the row of tokens to the next; false where somebody else did.
  boolean advance(Row session, int place) {
    var where = alive(session.id()).andIs("refreshes", Value.of(place));
    var values = new LinkedHashMap<>(used(session));
    values.put("refreshes", Value.of(place + 1L));
    values.put("refreshedAt", new Value.Timestamp(now));
    return records.changeWhere(ENTITY, where, values, 1) == 1;
  }

  /// Whether a token at this place was followed by another one just now.
  boolean justFollowed(Row session, int place) {
    var refreshed = Fields.find(session, "refreshedAt");
    return Fields.number(session, "refreshes") == place + 1L
        && refreshed != null
        && !now.isAfter(refreshed.plus(GRACE));
  }

  /// Notes that a session is used.
  void touch(Row session) {
    records.changeWhere(ENTITY, alive(session.id()), used(session), 1);
  }

  private Map<String, Value> used(Row session) {
    var end = Fields.moment(session, "expiresAt");
    return Map.of("lastUsedAt", new Value.Timestamp(now), "idleUntil", idleUntil(end));
  }

  private static Where alive(Value id) {
    return Where.is("id", id).andIs("endedAt", Value.NULL);
  }

  /// Ends a session; false where it had ended.
  boolean end(Value id) {
    return records.changeWhere(ENTITY, alive(id), ended(), 1) == 1;
  }

  /// Ends all sessions of a user but one, and tells how many.
  ///
  /// @param kept goes on; the null value where none does
  int endAll(Value user, Value kept) {
    var where = Where.is("user", user).andIs("endedAt", Value.NULL);
    var others = kept == Value.NULL ? where : where.and("id", Comparison.NOT_EQUAL, kept);
    return records.changeWhere(ENTITY, others, ended(), SESSIONS_MAX);
  }

  private Map<String, Value> ended() {
    return Map.of("endedAt", new Value.Timestamp(now));
  }

  /// The sessions of a user that go on, the latest first, as far as a list is read.
  List<Row> of(Value user) {
    var where = Where.is("user", user).andIs("endedAt", Value.NULL);
    return records.last(ENTITY, where, "createdAt", LISTED_MAX).stream()
        .filter(this::lives)
        .toList();
  }
}
