package engineroom.stores.sqlite.backup;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;
import org.jspecify.annotations.Nullable;

/// What backups are encrypted under, or that they are not. Each file has a key of its own, derived
/// from this one and a salt (HKDF, RFC 5869), so that no two chunks of any files share key and
/// nonce.
public final class BackupKey {
  /// Backups are written as they are.
  public static final BackupKey NONE = new BackupKey(null);

  static final int SALT_BYTES = 32;
  static final int CHECK_BYTES = 16;
  private static final int KEY_BYTES = 32;

  private final byte @Nullable [] secret;

  private BackupKey(byte @Nullable [] secret) {
    this.secret = secret;
  }

  /// The key that 64 hex digits are.
  public static BackupKey parse(String text) {
    try {
      var secret = HexFormat.of().parseHex(text.strip());
      if (secret.length == KEY_BYTES) {
        return new BackupKey(secret);
      }
    } catch (IllegalArgumentException _) {
      // told below, and never what was given
    }
    throw new BackupRefused(
        "The key of backups must be 64 hex digits.", "Make one with: openssl rand -hex 32");
  }

  boolean none() {
    return secret == null;
  }

  /// The key of the file with a salt.
  SecretKey of(byte[] salt) {
    try {
      return hkdf().deriveKey("AES", expansion(salt, "engineroom backup chunks", KEY_BYTES));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK from 25 has HKDF-SHA256", e);
    }
  }

  /// What a file's salt has beside it, so that another key is told from damage.
  byte[] check(byte[] salt) {
    try {
      return hkdf().deriveData(expansion(salt, "engineroom backup check", CHECK_BYTES));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK from 25 has HKDF-SHA256", e);
    }
  }

  private static KDF hkdf() throws GeneralSecurityException {
    return KDF.getInstance("HKDF-SHA256");
  }

  private HKDFParameterSpec expansion(byte[] salt, String purpose, int length) {
    if (secret == null) {
      throw new IllegalStateException("there is no key");
    }
    var info = purpose.getBytes(StandardCharsets.US_ASCII);
    return HKDFParameterSpec.ofExtract()
        .addIKM(Arrays.copyOf(secret, secret.length))
        .addSalt(salt)
        .thenExpand(info, length);
  }
}
