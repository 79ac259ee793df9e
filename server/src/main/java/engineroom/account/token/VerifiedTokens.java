package engineroom.account.token;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Remembers tokens whose signature was good, so that it is not computed for each request.
///
/// Kept by the SHA-256 of their text, so that no token can be read from memory. Two generations,
/// each of half the size: a full young one becomes the old one, whose entries come back when they
/// are used and are forgotten otherwise. Whether one is over is not its business.
final class VerifiedTokens {
  /// @param kid of the key that signed it
  record Entry(String kid, TokenClaims claims) {}

  private final int generationMax;
  private volatile Map<String, Entry> young = new ConcurrentHashMap<>();
  private volatile Map<String, Entry> old = Map.of();

  VerifiedTokens(int sizeMax) {
    if (sizeMax < 2) {
      throw new IllegalArgumentException("at least two tokens are remembered");
    }
    this.generationMax = sizeMax / 2;
  }

  @Nullable Entry find(String hash) {
    var entry = young.get(hash);
    if (entry != null) {
      return entry;
    }
    var aged = old.get(hash);
    if (aged != null) {
      remember(hash, aged);
    }
    return aged;
  }

  void remember(String hash, Entry entry) {
    if (young.size() >= generationMax) {
      grow();
    }
    young.put(hash, entry);
  }

  int size() {
    return young.size() + old.size();
  }

  private synchronized void grow() {
    if (young.size() >= generationMax) {
      old = young;
      young = new ConcurrentHashMap<>();
    }
  }
}
