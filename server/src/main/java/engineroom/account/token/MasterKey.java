package engineroom.account.token;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// The program's 256-bit key, kept outside of the database. It never does anything itself: each
/// purpose has a key of its own, made from it.
public final class MasterKey {
  private static final int BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final int ID_BYTES = 6;
  private static final String FORM = "v1";

  private final SecretKey key;
  private final String id;

  private MasterKey(byte[] bytes) {
    this.key = new SecretKeySpec(bytes, "HmacSHA256");
    var name = derived("id", "HmacSHA256").getEncoded();
    this.id = Base64Url.text(Arrays.copyOf(name, ID_BYTES));
  }

  /// The key that was made before.
  ///
  /// @param bytes 32 random ones
  public static MasterKey of(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException(
          "the master key must have " + BYTES + " bytes, had " + bytes.length);
    }
    return new MasterKey(bytes);
  }

  public static MasterKey create(SecureRandom random) {
    var bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return new MasterKey(bytes);
  }

  /// The key for one purpose.
  SecretKey derived(String purpose, String algorithm) {
    return new SecretKeySpec(
        Hashing.hmac(key, purpose.getBytes(StandardCharsets.UTF_8)), algorithm);
  }

  /// Encrypts by AES-256-GCM: `v1.<id of this key>.<nonce and text>`.
  ///
  /// @param place where the result will be kept; elsewhere it can't be opened
  public String seal(byte[] secret, String place, SecureRandom random) {
    var nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    var sealed = crypt(Cipher.ENCRYPT_MODE, nonce, place, secret);
    var all = ByteBuffer.allocate(nonce.length + sealed.length).put(nonce).put(sealed).array();
    return FORM + "." + id + "." + Base64Url.text(all);
  }

  /// Opens what was sealed.
  ///
  /// @throws IllegalStateException where this is not the key, the place or the text it was
  public byte[] open(String sealed, String place) {
    var parts = sealed.split("\\.", -1);
    if (parts.length != 3 || !parts[0].equals(FORM)) {
      throw new IllegalStateException("what is kept at " + place + " is not a sealed text");
    }
    if (!parts[1].equals(id)) {
      throw new IllegalStateException(
          "what is kept at %s was sealed under master key %s, but this one is %s"
              .formatted(place, parts[1], id));
    }
    var all = Base64Url.bytes(parts[2]);
    if (all == null || all.length < NONCE_BYTES) {
      throw new IllegalStateException("what is kept at " + place + " is cut or damaged");
    }
    var nonce = Arrays.copyOf(all, NONCE_BYTES);
    var secret = Arrays.copyOfRange(all, NONCE_BYTES, all.length);
    return crypt(Cipher.DECRYPT_MODE, nonce, place, secret);
  }

  private byte[] crypt(int mode, byte[] nonce, String place, byte[] text) {
    try {
      var cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, derived("seal", "AES"), new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
      return cipher.doFinal(text);
    } catch (GeneralSecurityException tampered) {
      throw new IllegalStateException(
          "what is kept at " + place + " was changed, or belongs to another place", tampered);
    }
  }
}
