package engineroom.account;

import engineroom.account.key.Scopes;
import engineroom.account.token.ApiKey;
import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.net.Network;
import engineroom.operation.Call;
import engineroom.operation.Caller;
import engineroom.operation.Ceiling;
import engineroom.records.Records;
import engineroom.records.Where;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An API key: good for what its user may, as far as its scopes go, from where it may be used, as
/// often as it may be used.
final class KeyCredential implements Credential {
  static final String ENTITY = "apiKey";

  /// How often at most a key's row is written to, to note that it is used.
  static final Duration TOUCHED_EVERY = Duration.ofMinutes(1);

  private static final String KEY = "key";
  private static final String ADDRESSES = "addresses";
  private static final String PER_MINUTE = "requestsPerMinute";

  private final Base base;
  private final UserCallers users;
  private final Scopes scopes;

  KeyCredential(Base base, UserCallers users) {
    this.base = base;
    this.users = users;
    this.scopes = new Scopes(base.model());
  }

  @Override
  public Optional<Proven> prove(String text, Instant now) {
    return ApiKey.parse(text)
        .flatMap(
            key ->
                find(new Value.Uuid(key.id()), now)
                    .filter(row -> key.matches(Fields.text(row, "hash"))))
        .map(row -> new Proven(row.id(), end(row)));
  }

  private Optional<Row> find(Value id, Instant now) {
    return base.records(Call.ofProgram(now)).find(ENTITY, id);
  }

  private static Instant end(Row key) {
    var end = Fields.find(key, "expiresAt");
    return end == null ? Instant.MAX : end;
  }

  @Override
  public Optional<Standing> standing(Proven proven, Instant now) {
    var key = find(proven.row(), now).filter(row -> now.isBefore(end(row)));
    var user =
        key.flatMap(row -> new Users(base.records(Call.ofProgram(now))).find(row.value("user")))
            .filter(row -> !Fields.yes(row, "suspended"));
    if (key.isEmpty() || user.isEmpty()) {
      return Optional.empty();
    }
    touch(key.get(), now);
    return Optional.of(new Standing(caller(key.get(), user.get()), end(key.get())));
  }

  private void touch(Row key, Instant now) {
    var last = Fields.find(key, "lastUsedAt");
    if (last != null && now.isBefore(last.plus(TOUCHED_EVERY))) {
      return;
    }
    Records records = base.records(Call.ofProgram(now));
    var unchanged = Where.is("id", key.id()).andIs("lastUsedAt", key.value("lastUsedAt"));
    records.changeWhere(ENTITY, unchanged, Map.of("lastUsedAt", new Value.Timestamp(now)), 1);
  }

  private Caller.User caller(Row key, Row user) {
    var claims = new LinkedHashMap<String, Value>();
    claims.put(KEY, key.id());
    for (var term : List.of(ADDRESSES, PER_MINUTE)) {
      if (key.value(term) != Value.NULL) {
        claims.put(term, key.value(term));
      }
    }
    var ceiling =
        key.value("scopes") == Value.NULL
            ? Ceiling.Open.OPEN
            : scopes.ceiling(Fields.texts(key, "scopes"));
    return users.caller(user, claims, ceiling);
  }

  /// Whether a key's caller may call from an address. How often they may is the throttle's.
  boolean admits(Caller.User caller, String address) {
    return !(caller.claims().get(ADDRESSES) instanceof Value.ListOf(var networks))
        || networks.stream().anyMatch(network -> within(network, address));
  }

  private static boolean within(Value network, String address) {
    return network instanceof Value.Text(var text)
        && Network.parse(text).filter(known -> known.contains(address)).isPresent();
  }
}
