package engineroom.door.cursor;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// AES-256-GCM (NIST SP 800-38D) with a nonce made of the content, so that equal content is sealed
/// alike. Used by one thread at a time: to make the JDK's machines ready costs more than to use
/// them.
final class Sealer {
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;

  private final SecretKeySpec key;
  private final Cipher sealing;
  private final Cipher opening;
  private final Mac mac;

  /// What was sealed last. The JDK refuses to seal with the nonce of the time before, which a
  /// repeated request brings.
  private byte[] last = {};

  /// @param key of AES
  /// @param naming a key of HMAC-SHA256, another one
  Sealer(SecretKeySpec key, SecretKeySpec naming) throws GeneralSecurityException {
    this.key = key;
    sealing = Cipher.getInstance("AES/GCM/NoPadding");
    opening = Cipher.getInstance("AES/GCM/NoPadding");
    mac = Mac.getInstance("HmacSHA256");
    mac.init(naming);
  }

  /// The nonce and the sealed bytes.
  ///
  /// @param bound what must be the same for opening
  byte[] seal(byte[] bound, byte[] plain) throws GeneralSecurityException {
    mac.update((byte) bound.length);
    mac.update(bound);
    mac.update(plain);
    var nonce = Arrays.copyOf(mac.doFinal(), NONCE);
    if (last.length > 0 && Arrays.equals(nonce, 0, NONCE, last, 0, NONCE)) {
      return last.clone();
    }
    sealing.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
    sealing.updateAAD(bound);
    var whole = Arrays.copyOf(nonce, NONCE + sealing.getOutputSize(plain.length));
    sealing.doFinal(plain, 0, plain.length, whole, NONCE);
    last = whole.clone();
    return whole;
  }

  /// What was sealed. Throws where any bit of it or of what it was bound to is another.
  byte[] open(byte[] bound, byte[] whole) throws GeneralSecurityException {
    if (whole.length <= NONCE) {
      throw new GeneralSecurityException("a seal has more than " + NONCE + " bytes");
    }
    opening.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, whole, 0, NONCE));
    opening.updateAAD(bound);
    return opening.doFinal(whole, NONCE, whole.length - NONCE);
  }
}
