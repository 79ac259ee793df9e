package engineroom.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// The key that signs checkpoints of the audit log (Ed25519), in the data folder. Made when it is
/// first needed, so that a start does not wait for it.
public final class AuditKey {
  private static final String ALGORITHM = "Ed25519";

  private final Path data;
  private @Nullable KeyPair pair;

  /// @param data the program's own folder
  public AuditKey(Path data) {
    this.data = data;
  }

  /// One that is the same for the same seed, and is kept nowhere.
  ///
  /// @param seed 32 bytes
  public AuditKey(Path data, byte[] seed) {
    this(data);
    pair = seeded(seed);
  }

  /// RFC 8032: a private key is 32 bytes of chance. The generator asks for these.
  private static KeyPair seeded(byte[] seed) {
    try {
      var generator = KeyPairGenerator.getInstance(ALGORITHM);
      generator.initialize(NamedParameterSpec.ED25519, new Seeded(seed));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK since 15 has Ed25519", e);
    }
  }

  /// Chance that is none.
  private static final class Seeded extends SecureRandom {
    private static final long serialVersionUID = 1;
    private final byte[] seed;

    Seeded(byte[] seed) {
      this.seed = seed.clone();
    }

    @Override
    public void nextBytes(byte[] bytes) {
      if (bytes.length != seed.length) {
        throw new IllegalStateException("a key of Ed25519 has " + seed.length + " bytes");
      }
      System.arraycopy(seed, 0, bytes, 0, bytes.length);
    }
  }

  /// The public key, as checkpoints have it.
  public String name() {
    return Base64.getEncoder().encodeToString(pair().getPublic().getEncoded());
  }

  String sign(String text) {
    try {
      var signature = Signature.getInstance(ALGORITHM);
      signature.initSign(pair().getPrivate());
      signature.update(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK since 15 signs with Ed25519", e);
    }
  }

  /// Whether this key signed a text.
  boolean signed(String text, String signed) {
    try {
      var signature = Signature.getInstance(ALGORITHM);
      signature.initVerify(pair().getPublic());
      signature.update(text.getBytes(StandardCharsets.UTF_8));
      return signature.verify(Base64.getDecoder().decode(signed));
    } catch (GeneralSecurityException | IllegalArgumentException _) {
      return false; // what can't be read was signed by nobody
    }
  }

  /// Whether there is one yet.
  boolean made() {
    return Files.exists(file());
  }

  private Path file() {
    return data.resolve("audit.key");
  }

  private synchronized KeyPair pair() {
    if (pair == null) {
      try {
        pair = made() ? read() : make();
      } catch (IOException e) {
        throw new UncheckedIOException("The audit key in " + data + " can't be used.", e);
      } catch (GeneralSecurityException | IllegalArgumentException e) {
        throw new IllegalStateException(file() + " holds no key of Ed25519.", e);
      }
    }
    return pair;
  }

  private KeyPair read() throws IOException, GeneralSecurityException {
    var lines = Files.readAllLines(file(), StandardCharsets.US_ASCII);
    if (lines.size() < 2) {
      throw new GeneralSecurityException("a line is missing");
    }
    var factory = KeyFactory.getInstance(ALGORITHM);
    var decoder = Base64.getDecoder();
    return new KeyPair(
        factory.generatePublic(new X509EncodedKeySpec(decoder.decode(lines.get(1)))),
        factory.generatePrivate(new PKCS8EncodedKeySpec(decoder.decode(lines.get(0)))));
  }

  private KeyPair make() throws IOException, GeneralSecurityException {
    var made = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
    var encoder = Base64.getEncoder();
    var text =
        encoder.encodeToString(made.getPrivate().getEncoded())
            + "\n"
            + encoder.encodeToString(made.getPublic().getEncoded())
            + "\n";
    Files.createDirectories(data);
    var draft = data.resolve("audit.key.new");
    Files.deleteIfExists(draft);
    if (Files.getFileStore(data).supportsFileAttributeView("posix")) {
      var owner = PosixFilePermissions.fromString("rw-------");
      Files.createFile(draft, PosixFilePermissions.asFileAttribute(owner));
    }
    Files.writeString(draft, text, StandardCharsets.US_ASCII);
    Files.move(draft, file(), StandardCopyOption.REPLACE_EXISTING);
    return made;
  }
}
