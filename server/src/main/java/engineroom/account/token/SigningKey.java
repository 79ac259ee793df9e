package engineroom.account.token;

import com.nimbusds.jose.Algorithm;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A key that signs tokens of one kind for some time, and verifies them a little longer.
///
/// @param notAfter no token signed by it is accepted later
/// @param retiredAt from then on another one signs; null while nobody knows when
public record SigningKey(
    TokenKind kind,
    KeyMaterial material,
    Instant createdAt,
    Instant notAfter,
    @Nullable Instant retiredAt) {
  private static final int ID_BYTES = 12;
  private static final int RSA_BITS = 3_072;
  private static final int SHARED_BYTES = 32;

  public SigningKey {
    if (notAfter.isBefore(createdAt)) {
      throw new IllegalArgumentException("a key must not end before it begins");
    }
  }

  public String kid() {
    return material.id();
  }

  public SigningAlgorithm algorithm() {
    return material.algorithm();
  }

  boolean signsAt(Instant now) {
    return retiredAt == null || now.isBefore(retiredAt);
  }

  boolean verifiesAt(Instant now) {
    return now.isBefore(notAfter);
  }

  /// The same key, to sign until a moment and to verify until a later one.
  SigningKey retired(Instant at, Instant end) {
    return new SigningKey(kind, material, createdAt, end, at);
  }

  static SigningKey create(
      TokenKind kind, SigningAlgorithm algorithm, SecureRandom random, Instant now, Instant end) {
    var idBytes = new byte[ID_BYTES];
    random.nextBytes(idBytes);
    var id = Base64Url.text(idBytes);
    try {
      var jwk =
          switch (algorithm) {
            case ED_DSA -> edwards(id, random);
            case ES256 -> elliptic(id, random);
            case RS256 -> rsa(id, random);
            case HS256 -> shared(id, random);
          };
      return new SigningKey(kind, KeyMaterial.of(jwk), now, end, null);
    } catch (GeneralSecurityException | JOSEException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  StoredKey sealed(MasterKey master, SecureRandom random) {
    var json = material.jwk().toJSONString().getBytes(StandardCharsets.UTF_8);
    var sealed = master.seal(json, place(kind.key(), kid()), random);
    return new StoredKey(kid(), kind.key(), sealed, createdAt, notAfter, retiredAt);
  }

  /// @throws IllegalStateException where it is not what was sealed for this kid and kind
  static SigningKey open(StoredKey stored, TokenKind kind, MasterKey master) {
    var json = master.open(stored.sealedJwk(), place(stored.kind(), stored.kid()));
    var material = KeyMaterial.read(new String(json, StandardCharsets.UTF_8));
    return new SigningKey(
        kind, material, stored.createdAt(), stored.notAfter(), stored.retiredAt());
  }

  /// Binds the sealed text to its row.
  private static String place(String kind, String kid) {
    return "signing key " + kind + "/" + kid;
  }

  private static JWK edwards(String id, SecureRandom random) throws GeneralSecurityException {
    var pair = pair("Ed25519", NamedParameterSpec.ED25519, random);
    var point = Ed25519Keys.point((EdECPublicKey) pair.getPublic());
    var secret = Ed25519Keys.secret((EdECPrivateKey) pair.getPrivate());
    return new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(point))
        .d(Base64URL.encode(secret))
        .keyID(id)
        .keyUse(KeyUse.SIGNATURE)
        .algorithm(name(SigningAlgorithm.ED_DSA))
        .build();
  }

  private static JWK elliptic(String id, SecureRandom random) throws GeneralSecurityException {
    var pair = pair("EC", new ECGenParameterSpec("secp256r1"), random);
    return new ECKey.Builder(Curve.P_256, (ECPublicKey) pair.getPublic())
        .privateKey(pair.getPrivate())
        .keyID(id)
        .keyUse(KeyUse.SIGNATURE)
        .algorithm(name(SigningAlgorithm.ES256))
        .build();
  }

  private static JWK rsa(String id, SecureRandom random) throws GeneralSecurityException {
    var pair = pair("RSA", new RSAKeyGenParameterSpec(RSA_BITS, RSAKeyGenParameterSpec.F4), random);
    return new RSAKey.Builder((RSAPublicKey) pair.getPublic())
        .privateKey(pair.getPrivate())
        .keyID(id)
        .keyUse(KeyUse.SIGNATURE)
        .algorithm(name(SigningAlgorithm.RS256))
        .build();
  }

  private static JWK shared(String id, SecureRandom random) {
    var secret = new byte[SHARED_BYTES];
    random.nextBytes(secret);
    return new OctetSequenceKey.Builder(secret)
        .keyID(id)
        .keyUse(KeyUse.SIGNATURE)
        .algorithm(name(SigningAlgorithm.HS256))
        .build();
  }

  private static KeyPair pair(String name, AlgorithmParameterSpec spec, SecureRandom random)
      throws GeneralSecurityException {
    var generator = KeyPairGenerator.getInstance(name);
    generator.initialize(spec, random);
    return generator.generateKeyPair();
  }

  private static Algorithm name(SigningAlgorithm algorithm) {
    return Algorithm.parse(algorithm.header());
  }
}
