package engineroom.account;

import engineroom.account.token.KeyStore;
import engineroom.account.token.StoredKey;
import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.records.Records;
import engineroom.records.Where;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Signing keys as rows of the built-in model.
final class StoredKeys implements KeyStore {
  private static final String ENTITY = "signingKey";

  /// Far more than are ever good at one time.
  private static final int KEYS_MAX = 100;

  private final Supplier<Records> records;

  StoredKeys(Supplier<Records> records) {
    this.records = records;
  }

  @Override
  public List<StoredKey> list() {
    return records.get().all(ENTITY, Where.ALL, KEYS_MAX).stream().map(StoredKeys::key).toList();
  }

  private static StoredKey key(Row row) {
    return new StoredKey(
        Fields.text(row, "kid"),
        Fields.text(row, "kind"),
        Fields.text(row, "sealed"),
        Fields.moment(row, "madeAt"),
        Fields.moment(row, "notAfter"),
        Fields.find(row, "retiredAt"));
  }

  @Override
  public void save(StoredKey key) {
    var values = new LinkedHashMap<String, Value>();
    values.put("kind", Value.of(key.kind()));
    values.put("sealed", Value.of(key.sealedJwk()));
    values.put("madeAt", new Value.Timestamp(key.createdAt()));
    values.put("notAfter", new Value.Timestamp(key.notAfter()));
    values.put("retiredAt", moment(key.retiredAt()));
    var rows = records.get();
    var known = Where.is("kid", Value.of(key.kid()));
    if (rows.changeWhere(ENTITY, known, values, 1) == 0) {
      values.put("kid", Value.of(key.kid()));
      rows.create(ENTITY, Map.copyOf(values));
    }
  }

  private static Value moment(@Nullable Instant instant) {
    return instant == null ? Value.NULL : new Value.Timestamp(instant);
  }

  @Override
  public void delete(String kid) {
    records.get().deleteWhere(ENTITY, Where.is("kid", Value.of(kid)), 1);
  }
}
