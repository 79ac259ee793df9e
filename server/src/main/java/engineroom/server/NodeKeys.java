package engineroom.server;

import engineroom.app.App.ConfigException;
import engineroom.audit.AuditKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// The keys of an app: made from `ENGINEROOM_SECRET` where it is set, so that every process that
/// serves the app has the same, or kept in the data folder.
record NodeKeys(Wiring.Keys wiring, AuditKey audit) {
  static final String SECRET = "ENGINEROOM_SECRET";
  private static final int SECRET_MIN = 32;

  /// @param environment may have the secret
  static NodeKeys of(Path data, Map<String, String> environment) {
    var secret = environment.get(SECRET);
    if (secret == null) {
      return new NodeKeys(SavedKey.all(data), new AuditKey(data));
    }
    if (secret.length() < SECRET_MIN) {
      throw new ConfigException(
          List.of(
              SECRET
                  + " has "
                  + secret.length()
                  + " characters, and must have at least "
                  + SECRET_MIN
                  + ". Make one with: openssl rand -base64 32"));
    }
    var keys = new Wiring.Keys(derived(secret, "cursor"), derived(secret, "accounts"));
    return new NodeKeys(keys, new AuditKey(data, derived(secret, "audit")));
  }

  /// A key for one purpose, by HMAC-SHA-256: from one nobody learns another, nor the secret.
  private static byte[] derived(String secret, String purpose) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return mac.doFinal(("engineroom key " + purpose).getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HMAC-SHA-256", e);
    }
  }

  /// What tells keys apart and gives nothing of them away, by their names.
  Map<String, String> fingerprints() {
    var prints = new LinkedHashMap<String, String>();
    prints.put("accounts", print(HexFormat.of().formatHex(wiring.accounts())));
    prints.put("audit", print(audit.name()));
    prints.put("cursor", print(HexFormat.of().formatHex(wiring.cursors())));
    return prints;
  }

  private static String print(String key) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      var bytes = digest.digest(("engineroom fingerprint " + key).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(bytes, 0, 8);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /// Refuses where another process has other keys.
  ///
  /// @param recorded those of the first process, by their names
  void sameAs(Map<String, String> recorded) {
    var own = fingerprints();
    var others = own.keySet().stream().filter(name -> !same(own.get(name), recorded.get(name)));
    var named = others.map(name -> name + ".key").toList();
    if (!named.isEmpty()) {
      throw new ConfigException(
          List.of(
              "This process has other keys than those that serve the app: "
                  + String.join(", ", named)
                  + ".",
              "What one of them signs or seals the others would refuse.",
              "Start all with the same "
                  + SECRET
                  + ", or copy these files from the data folder of another. Where the former keys"
                  + " are gone, delete the rows of _engineroom_key: everybody signs in again, and"
                  + " what the audit log signed before is told as not signed by its key."));
    }
  }

  private static boolean same(@Nullable String one, @Nullable String other) {
    return one != null && one.equals(other);
  }
}
