package engineroom.account;

import engineroom.account.password.RecoveryCodes;
import engineroom.data.Value;
import engineroom.records.Records;
import engineroom.records.Where;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// The recovery codes of users, as hashes. One use of each alone succeeds, however many come at
/// once.
final class RecoveryRows {
  private static final String ENTITY = "recoveryCode";

  /// More than one user ever has: those of one set, used or not.
  private static final int ROWS_MAX = 1_000;

  private final Records records;

  RecoveryRows(Records records) {
    this.records = records;
  }

  /// These are good from now on, and those before no more.
  void replace(Value user, List<String> codes) {
    forget(user);
    for (var code : codes) {
      var hash = Value.of(RecoveryCodes.hash(code));
      records.create(ENTITY, Map.of("user", user, "hash", hash));
    }
  }

  void forget(Value user) {
    records.deleteWhere(ENTITY, Where.is("user", user), ROWS_MAX);
  }

  /// Uses a code; false where it is not one of the user's, or was used.
  boolean use(Value user, String code, Instant now) {
    var unused =
        Where.is("hash", Value.of(RecoveryCodes.hash(code)))
            .andIs("user", user)
            .andIs("usedAt", Value.NULL);
    return records.changeWhere(ENTITY, unused, Map.of("usedAt", new Value.Timestamp(now)), 1) == 1;
  }
}
