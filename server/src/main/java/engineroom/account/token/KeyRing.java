package engineroom.account.token;

import engineroom.json.JsonOut;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The keys of one kind of token: one signs, all that are not over verify.
///
/// A key signs for 90 days. Its successor is published [#PUBLISHED_AHEAD] before it signs, so that
/// who keeps the list of public keys for a while knows it in time; afterwards the old one verifies
/// for as long as the longest token lives. Several programs may share the keys: each reads them
/// anew every minute, so that a key revoked by one is known to all after that.
public final class KeyRing {
  /// How long a key signs.
  public static final Duration SIGNS_FOR = Duration.ofDays(90);

  /// Longer than the five minutes for which the public keys may be kept, and than [#READ_EVERY].
  public static final Duration PUBLISHED_AHEAD = Duration.ofMinutes(10);

  /// The longest life of a token.
  public static final Duration LIFE_MAX = Duration.ofHours(1);

  /// How old the keys in memory may be.
  public static final Duration READ_EVERY = Duration.ofMinutes(1);

  /// How often an unknown key may make us look again.
  private static final Duration READ_AGAIN_AFTER = Duration.ofSeconds(5);

  private final TokenKind kind;
  private final SigningAlgorithm algorithm;
  private final KeyStore store;
  private final MasterKey master;
  private final InstantSource clock;
  private final SecureRandom random;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile @Nullable Keys keys;

  /// The keys as they were read, the oldest first.
  private record Keys(Map<String, SigningKey> byId, Instant readAt) {
    static Keys of(List<SigningKey> all, Instant readAt) {
      var byId = new LinkedHashMap<String, SigningKey>();
      all.stream()
          .sorted(Comparator.comparing(SigningKey::createdAt).thenComparing(SigningKey::kid))
          .forEach(key -> byId.put(key.kid(), key));
      return new Keys(Collections.unmodifiableMap(byId), readAt);
    }

    /// The one that signs: one that retires goes on until its successor's time has come.
    @Nullable SigningKey signing(Instant now) {
      return byId.values().stream()
          .filter(key -> key.signsAt(now))
          .min(Comparator.comparing(key -> key.retiredAt() == null ? Instant.MAX : key.retiredAt()))
          .orElse(null);
    }
  }

  /// Whether the key that signs is old, or of another algorithm, and nobody is to succeed it.
  private boolean due(Keys known, SigningKey present, Instant now) {
    return !fit(present, now)
        && known.byId().values().stream().noneMatch(key -> key.signsAt(now) && fit(key, now));
  }

  private boolean fit(SigningKey key, Instant now) {
    return key.material().algorithm() == algorithm && key.createdAt().plus(SIGNS_FOR).isAfter(now);
  }

  /// Reads nothing yet.
  public KeyRing(
      TokenKind kind,
      SigningAlgorithm algorithm,
      KeyStore store,
      MasterKey master,
      InstantSource clock,
      SecureRandom random) {
    this.kind = kind;
    this.algorithm = algorithm;
    this.store = store;
    this.master = master;
    this.clock = clock;
    this.random = random;
  }

  public TokenKind kind() {
    return kind;
  }

  /// The key that signs now; made where there is none, and its successor where it is old.
  public SigningKey signing() {
    var now = clock.instant();
    var known = fresh(now, READ_EVERY);
    var key = known.signing(now);
    return key == null || due(known, key, now) ? renewed(now) : key;
  }

  /// The key with an id, where its tokens are still accepted. One that is not known may be new,
  /// made by another program.
  public Optional<SigningKey> find(String kid) {
    var now = clock.instant();
    var key = fresh(now, READ_EVERY).byId().get(kid);
    if (key == null) {
      key = fresh(now, READ_AGAIN_AFTER).byId().get(kid);
    }
    return Optional.ofNullable(key).filter(found -> found.verifiesAt(now));
  }

  /// All that verify now, the oldest first.
  public List<SigningKey> all() {
    var now = clock.instant();
    return fresh(now, READ_EVERY).byId().values().stream()
        .filter(key -> key.verifiesAt(now))
        .toList();
  }

  /// The JSON Web Key Set of the public keys; may be kept by others for five minutes.
  public byte[] jwks() {
    var published =
        all().stream().map(key -> key.material().published()).filter(Objects::nonNull).toList();
    return JsonOut.bytes(Map.of("keys", published));
  }

  /// Makes a new key, which signs after [#PUBLISHED_AHEAD]; those that sign now do so until then.
  public void rotate() {
    lock.lock();
    try {
      read(clock.instant());
      succeed(clock.instant());
    } finally {
      lock.unlock();
    }
  }

  /// In an emergency: no token of this key is accepted from now on. Where it was the one that
  /// signs, another one signs at once.
  public void revoke(String kid) {
    lock.lock();
    try {
      store.delete(kid);
      read(clock.instant());
    } finally {
      lock.unlock();
    }
    signing();
  }

  /// Reads the keys anew.
  public void refresh() {
    lock.lock();
    try {
      read(clock.instant());
    } finally {
      lock.unlock();
    }
  }

  private Keys fresh(Instant now, Duration ageMax) {
    var known = keys;
    if (known != null && now.isBefore(known.readAt().plus(ageMax))) {
      return known;
    }
    lock.lock();
    try {
      var meanwhile = keys;
      return meanwhile != null && now.isBefore(meanwhile.readAt().plus(ageMax))
          ? meanwhile
          : read(now);
    } finally {
      lock.unlock();
    }
  }

  private Keys read(Instant now) {
    var read =
        store.list().stream()
            .filter(stored -> stored.kind().equals(kind.key()))
            .filter(stored -> stored.notAfter().isAfter(now))
            .map(stored -> SigningKey.open(stored, kind, master))
            .toList();
    return kept(read, now);
  }

  private Keys kept(List<SigningKey> all, Instant now) {
    var kept = Keys.of(all, now);
    keys = kept;
    return kept;
  }

  private SigningKey renewed(Instant now) {
    lock.lock();
    try {
      var known = read(now);
      var key = known.signing(now);
      if (key == null || due(known, key, now)) {
        known = succeed(now);
      }
      return Objects.requireNonNull(known.signing(now), "a new key signs");
    } finally {
      lock.unlock();
    }
  }

  /// Retires all that sign, adds their successor and forgets those that are over.
  private Keys succeed(Instant now) {
    var handOver = now.plus(PUBLISHED_AHEAD);
    var all = new LinkedHashMap<>(Objects.requireNonNull(keys, "read before").byId());
    for (var key : List.copyOf(all.values())) {
      if (key.retiredAt() == null) {
        var retired = key.retired(handOver, handOver.plus(overlap()));
        store.save(retired.sealed(master, random));
        all.put(key.kid(), retired);
      }
    }
    var created = SigningKey.create(kind, algorithm, random, now, now.plus(longest()));
    store.save(created.sealed(master, random));
    all.put(created.kid(), created);
    forgetOver(now);
    return kept(List.copyOf(all.values()), now);
  }

  private void forgetOver(Instant now) {
    store.list().stream()
        .filter(stored -> stored.kind().equals(kind.key()))
        .filter(stored -> !stored.notAfter().isAfter(now))
        .forEach(stored -> store.delete(stored.kid()));
  }

  private Duration overlap() {
    return LIFE_MAX.plus(SignedTokens.SKEW);
  }

  /// A key that nobody rotates must not stop verifying: it ends long after it is old.
  private Duration longest() {
    return SIGNS_FOR.multipliedBy(2);
  }
}
