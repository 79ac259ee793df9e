package engineroom.account.token;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Optional;
import java.util.stream.Stream;

/// How tokens are signed. There is no other way, least of all `none`.
///
/// The JDK signs and verifies all four. It keeps ES256's signatures raw (r and s, 32 bytes each, as
/// RFC 7518 wants them), refuses zeros and numbers beyond the order, and for Ed25519 an S beyond
/// it.
public enum SigningAlgorithm {
  ED_DSA("EdDSA", "Ed25519", 64),
  ES256("ES256", "SHA256withECDSAinP1363Format", 64),
  RS256("RS256", "SHA256withRSA", 0),
  /// Only for tokens that nobody but this program verifies.
  HS256("HS256", "HmacSHA256", 32);

  private final String header;
  private final String jdkName;

  /// Zero: as long as the key.
  private final int signatureBytes;

  SigningAlgorithm(String header, String jdkName, int signatureBytes) {
    this.header = header;
    this.jdkName = jdkName;
    this.signatureBytes = signatureBytes;
  }

  /// Its name in a token's `alg`.
  public String header() {
    return header;
  }

  static Optional<SigningAlgorithm> find(String header) {
    return Stream.of(values()).filter(one -> one.header.equals(header)).findFirst();
  }

  byte[] sign(Key key, byte[] text) {
    if (this == HS256) {
      return Hashing.hmac(key, text);
    }
    try {
      var signature = Signature.getInstance(jdkName);
      signature.initSign((PrivateKey) key);
      signature.update(text);
      return signature.sign();
    } catch (GeneralSecurityException notItsKey) {
      throw new IllegalStateException(notItsKey);
    }
  }

  boolean verify(Key key, byte[] text, byte[] signed) {
    if (signatureBytes > 0 && signed.length != signatureBytes) {
      return false;
    }
    if (this == HS256) {
      return MessageDigest.isEqual(signed, Hashing.hmac(key, text));
    }
    try {
      var signature = Signature.getInstance(jdkName);
      signature.initVerify((PublicKey) key);
      signature.update(text);
      return signature.verify(signed);
    } catch (GeneralSecurityException malformed) {
      return false;
    }
  }
}
