package engineroom.account.token;

import java.util.List;

/// Where signing keys are kept. Several programs may share one.
public interface KeyStore {
  /// All that are kept, of all kinds of tokens, in any order.
  List<StoredKey> list();

  /// Keeps a key, in place of one with the same kid.
  void save(StoredKey key);

  /// Forgets a key; one that is not there is no mistake.
  void delete(String kid);
}
