package engineroom.stores.sqlite.backup;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/// How an encrypted backup is made of chunks: each is encrypted and authenticated by AES-256-GCM
/// with its number and whether it is the last, so that none can be changed, moved, added or left
/// out.
final class Seal {
  /// What an encrypted file begins with; the salt and its check follow.
  static final byte[] FIRST_LINE =
      (BackupWriter.BEGINNING + "2\n").getBytes(StandardCharsets.US_ASCII);

  static final int HEADER = FIRST_LINE.length + BackupKey.SALT_BYTES + BackupKey.CHECK_BYTES;

  /// Bytes of a chunk before it is encrypted; the last one may have fewer.
  static final int CHUNK = 1 << 16;

  static final int TAG = 16;
  private static final int NONCE = 12;

  private final SecretKey key;

  Seal(SecretKey key) {
    this.key = key;
  }

  /// Where a chunk stands.
  enum Place {
    MIDDLE(0),
    LAST(1);

    private final int code;

    Place(int code) {
      this.code = code;
    }
  }

  byte[] close(byte[] chunk, int length, long number, Place place) {
    try {
      return cipher(Cipher.ENCRYPT_MODE, number, place).doFinal(chunk, 0, length);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM encrypts everything", e);
    }
  }

  /// @throws GeneralSecurityException where it is not the chunk that was written there
  byte[] open(byte[] closed, long number, Place place) throws GeneralSecurityException {
    return cipher(Cipher.DECRYPT_MODE, number, place).doFinal(closed);
  }

  private Cipher cipher(int mode, long number, Place place) throws GeneralSecurityException {
    var nonce = ByteBuffer.allocate(NONCE).putLong(number).putInt(place.code).array();
    var cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(8 * TAG, nonce));
    return cipher;
  }
}
