package engineroom.account.token;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Set;

/// Keys of Ed25519 between the 32 bytes of RFC 8037 and the JDK.
final class Ed25519Keys {
  static final int BYTES = 32;
  private static final BigInteger PRIME = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));

  /// The y of a point of order 8; that of its mirror is its negative.
  private static final BigInteger Y_OF_ORDER_8 =
      new BigInteger("7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7", 16);

  /// The eight points of small order have these five y: keys with which one signature fits many
  /// texts.
  private static final Set<BigInteger> Y_OF_SMALL_ORDER =
      Set.of(
          BigInteger.ZERO,
          BigInteger.ONE,
          PRIME.subtract(BigInteger.ONE),
          Y_OF_ORDER_8,
          PRIME.subtract(Y_OF_ORDER_8));

  private Ed25519Keys() {}

  static PrivateKey signing(byte[] secret) {
    try {
      var spec = new EdECPrivateKeySpec(NamedParameterSpec.ED25519, secret);
      return KeyFactory.getInstance("Ed25519").generatePrivate(spec);
    } catch (GeneralSecurityException notAKey) {
      throw new IllegalArgumentException(notAKey);
    }
  }

  static PublicKey verifying(byte[] point) {
    if (point.length != BYTES) {
      throw new IllegalArgumentException("a public key of Ed25519 has 32 bytes");
    }
    var bytes = reversed(point);
    boolean odd = (bytes[0] & 0x80) != 0;
    bytes[0] &= 0x7f;
    var y = new BigInteger(1, bytes);
    if (y.compareTo(PRIME) >= 0 || Y_OF_SMALL_ORDER.contains(y)) {
      throw new IllegalArgumentException("not a good public key of Ed25519");
    }
    try {
      var spec = new EdECPublicKeySpec(NamedParameterSpec.ED25519, new EdECPoint(odd, y));
      return KeyFactory.getInstance("Ed25519").generatePublic(spec);
    } catch (GeneralSecurityException notAKey) {
      throw new IllegalArgumentException(notAKey);
    }
  }

  static byte[] secret(EdECPrivateKey key) {
    return key.getBytes().orElseThrow();
  }

  static byte[] point(EdECPublicKey key) {
    var y = key.getPoint().getY().toByteArray();
    var bytes = new byte[BYTES];
    int length = Math.min(y.length, BYTES);
    System.arraycopy(y, y.length - length, bytes, BYTES - length, length);
    if (key.getPoint().isXOdd()) {
      bytes[0] |= (byte) 0x80;
    }
    return reversed(bytes);
  }

  private static byte[] reversed(byte[] bytes) {
    var reversed = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      reversed[i] = bytes[bytes.length - 1 - i];
    }
    return reversed;
  }
}
