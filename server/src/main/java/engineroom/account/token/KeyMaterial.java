package engineroom.account.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import java.security.Key;
import java.text.ParseException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The keys of a JSON Web Key (RFC 7517), for one algorithm and for signatures alone.
///
/// @param signing null where only the public part is known
/// @param jwk its text form
record KeyMaterial(SigningAlgorithm algorithm, @Nullable Key signing, Key verifying, JWK jwk) {
  private static final int RSA_BITS_MIN = 2_048;
  private static final int HMAC_BYTES_MIN = 32;

  /// @throws IllegalArgumentException for a key that is not meant for signatures, that says no
  ///   algorithm or another one than it can, or that is too short
  static KeyMaterial read(String json) {
    try {
      return of(JWK.parse(json));
    } catch (ParseException | JOSEException | IllegalStateException unreadable) {
      throw new IllegalArgumentException("not a JSON Web Key of ours", unreadable);
    }
  }

  static KeyMaterial of(JWK jwk) throws JOSEException {
    forSignatures(jwk);
    var name = jwk.getAlgorithm() == null ? "" : jwk.getAlgorithm().getName();
    var algorithm =
        SigningAlgorithm.find(name)
            .orElseThrow(() -> refused("algorithm " + name + " is not signed with here"));
    return switch (algorithm) {
      case ED_DSA -> edwards(jwk);
      case ES256 -> elliptic(jwk);
      case RS256 -> rsa(jwk);
      case HS256 -> shared(jwk);
    };
  }

  String id() {
    return jwk.getKeyID();
  }

  /// The members to publish; null for a key that has no public part.
  @Nullable Map<String, Object> published() {
    var published = jwk.toPublicJWK();
    return published == null ? null : published.toJSONObject();
  }

  byte[] sign(byte[] text) {
    if (signing == null) {
      throw new IllegalStateException("only the public part of key " + id() + " is known");
    }
    return algorithm.sign(signing, text);
  }

  boolean verify(byte[] text, byte[] signature) {
    return algorithm.verify(verifying, text, signature);
  }

  /// Without the secret.
  @Override
  public String toString() {
    return algorithm.header() + " key " + id();
  }

  private static void forSignatures(JWK jwk) {
    if (jwk.getKeyUse() != null && !jwk.getKeyUse().equals(KeyUse.SIGNATURE)) {
      throw refused("it is not for signatures");
    }
    var operations = jwk.getKeyOperations();
    if (operations != null
        && !operations.contains(KeyOperation.SIGN)
        && !operations.contains(KeyOperation.VERIFY)) {
      throw refused("it is neither to sign nor to verify with");
    }
    if (jwk.getKeyID() == null || jwk.getKeyID().isEmpty()) {
      throw refused("it has no id");
    }
  }

  private static KeyMaterial edwards(JWK jwk) {
    if (!(jwk instanceof OctetKeyPair pair) || !Curve.Ed25519.equals(pair.getCurve())) {
      throw refused(JWSAlgorithm.EdDSA + " needs a key of Ed25519");
    }
    var secret = pair.getDecodedD();
    return new KeyMaterial(
        SigningAlgorithm.ED_DSA,
        secret == null ? null : Ed25519Keys.signing(secret),
        Ed25519Keys.verifying(pair.getDecodedX()),
        jwk);
  }

  private static KeyMaterial elliptic(JWK jwk) throws JOSEException {
    if (!(jwk instanceof ECKey key) || !Curve.P_256.equals(key.getCurve())) {
      throw refused("ES256 needs a key of P-256");
    }
    var signing = key.isPrivate() ? key.toECPrivateKey() : null;
    return new KeyMaterial(SigningAlgorithm.ES256, signing, key.toECPublicKey(), jwk);
  }

  private static KeyMaterial rsa(JWK jwk) throws JOSEException {
    if (!(jwk instanceof RSAKey key) || key.size() < RSA_BITS_MIN) {
      throw refused("RS256 needs an RSA key of " + RSA_BITS_MIN + " bits or more");
    }
    if (WeakPrimes.made(key.getModulus().decodeToBigInteger())) {
      throw refused("its primes can be found");
    }
    var signing = key.isPrivate() ? key.toRSAPrivateKey() : null;
    return new KeyMaterial(SigningAlgorithm.RS256, signing, key.toRSAPublicKey(), jwk);
  }

  private static KeyMaterial shared(JWK jwk) {
    if (!(jwk instanceof OctetSequenceKey key) || key.toByteArray().length < HMAC_BYTES_MIN) {
      throw refused("HS256 needs a shared key of " + HMAC_BYTES_MIN + " bytes or more");
    }
    var secret = key.toSecretKey("HmacSHA256");
    return new KeyMaterial(SigningAlgorithm.HS256, secret, secret, jwk);
  }

  private static IllegalArgumentException refused(String why) {
    return new IllegalArgumentException("the key is not taken: " + why);
  }
}
