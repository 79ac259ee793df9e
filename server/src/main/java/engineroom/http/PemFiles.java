package engineroom.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/// Reads a certificate and its key from PEM files, and says what is wrong with them.
final class PemFiles {
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
  private static final String ENCRYPTED = "-----BEGIN ENCRYPTED PRIVATE KEY-----";
  private static final List<String> ALGORITHMS = List.of("EC", "RSA", "Ed25519");

  private PemFiles() {}

  /// A key and the certificates that vouch for it.
  record Identity(PrivateKey key, List<X509Certificate> chain) {
    Identity {
      chain = List.copyOf(chain);
    }

    /// What clients will not like though the server can start with it, or null.
    @Nullable String doubt(Instant now) {
      var own = chain.getFirst();
      var name = own.getSubjectX500Principal();
      var end = own.getNotAfter().toInstant();
      if (now.isAfter(end)) {
        return "THE CERTIFICATE OF " + name + " EXPIRED at " + end + ". Clients will refuse it.";
      }
      var begin = own.getNotBefore().toInstant();
      return now.isBefore(begin)
          ? "THE CERTIFICATE OF " + name + " IS NOT VALID before " + begin + ". Look at the clock."
          : null;
    }

    /// As TLS asks for it.
    X509ExtendedKeyManager manager(String alias) {
      try {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(alias, key, new char[0], chain.toArray(X509Certificate[]::new));
        var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, new char[0]);
        return (X509ExtendedKeyManager) factory.getKeyManagers()[0];
      } catch (IOException | GeneralSecurityException e) {
        throw new IllegalArgumentException("The certificate can't be used: " + e.getMessage(), e);
      }
    }
  }

  /// @throws IllegalArgumentException with a text for the operator
  static Identity read(HttpConfig.Tls files) {
    var chain = chain(files.certificate());
    var key = key(files.key());
    if (!belong(key, chain.getFirst().getPublicKey())) {
      throw new IllegalArgumentException(
          "The key "
              + files.key()
              + " is not that of the first certificate in "
              + files.certificate()
              + ". Give the key that the certificate was made for, and the server's own"
              + " certificate before those that vouch for it.");
    }
    return new Identity(key, chain);
  }

  private static List<X509Certificate> chain(Path file) {
    try {
      var certificates =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(bytes(file, "certificate")));
      if (certificates.isEmpty()) {
        throw noCertificate(file, null);
      }
      return certificates.stream().map(X509Certificate.class::cast).toList();
    } catch (CertificateException e) {
      throw noCertificate(file, e);
    }
  }

  private static IllegalArgumentException noCertificate(Path file, @Nullable Exception cause) {
    return new IllegalArgumentException(
        "The certificate file "
            + file
            + " holds no certificate that can be read. It must hold -----BEGIN CERTIFICATE-----.",
        cause);
  }

  private static byte[] bytes(Path file, String what) {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException("The " + what + " file " + file + " does not exist.", e);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "The " + what + " file " + file + " can't be read: " + e.getMessage(), e);
    }
  }

  private static PrivateKey key(Path file) {
    var text = new String(bytes(file, "key"), StandardCharsets.ISO_8859_1);
    if (text.contains(ENCRYPTED)) {
      throw new IllegalArgumentException(
          "The key in " + file + " is encrypted. Decrypt it: openssl pkey -in old -out new");
    }
    var found = KEY.matcher(text);
    if (!found.find()) {
      throw new IllegalArgumentException(
          "The key file "
              + file
              + " holds no PKCS#8 key. Convert it: openssl pkcs8 -topk8 -nocrypt -in old -out new");
    }
    return key(file, new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(found.group(1))));
  }

  private static PrivateKey key(Path file, PKCS8EncodedKeySpec spec) {
    for (var algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(spec);
      } catch (InvalidKeySpecException _) {
        // a key of another kind; the next algorithm may know it
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("this Java has no " + algorithm, e);
      }
    }
    throw new IllegalArgumentException(
        "The key in " + file + " is neither EC, RSA nor Ed25519, or not whole.");
  }

  /// Whether what one signs the other knows.
  private static boolean belong(PrivateKey key, PublicKey certified) {
    if (!key.getAlgorithm().equals(certified.getAlgorithm())) {
      return false;
    }
    try {
      var signature = Signature.getInstance(algorithm(key));
      var probe = new byte[32];
      signature.initSign(key);
      signature.update(probe);
      var signed = signature.sign();
      signature.initVerify(certified);
      signature.update(probe);
      return signature.verify(signed);
    } catch (GeneralSecurityException _) {
      return false; // a signature that can't be made or read is none
    }
  }

  private static String algorithm(PrivateKey key) {
    return switch (key.getAlgorithm()) {
      case "EC" -> "SHA256withECDSA";
      case "RSA" -> "SHA256withRSA";
      default -> "EdDSA";
    };
  }
}
