package engineroom.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/// Reads a certificate and its key from PEM files.
final class PemFiles {
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
  private static final List<String> ALGORITHMS = List.of("EC", "RSA", "Ed25519");

  private PemFiles() {}

  static SSLContext context(HttpConfig.Tls files) {
    try {
      var store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry("server", key(files.key()), new char[0], chain(files.certificate()));
      var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, new char[0]);
      var context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException(
          "The certificate "
              + files.certificate()
              + " and the key "
              + files.key()
              + " can't be used: "
              + e.getMessage(),
          e);
    }
  }

  private static Certificate[] chain(Path file) throws IOException, GeneralSecurityException {
    var certificates =
        CertificateFactory.getInstance("X.509")
            .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(file)));
    if (certificates.isEmpty()) {
      throw new IllegalArgumentException(
          file + " holds no certificate. It must hold -----BEGIN CERTIFICATE-----.");
    }
    return certificates.toArray(Certificate[]::new);
  }

  private static PrivateKey key(Path file) throws IOException, GeneralSecurityException {
    var found = KEY.matcher(Files.readString(file));
    if (!found.find()) {
      throw new IllegalArgumentException(
          file
              + " holds no PKCS#8 key. Convert it: openssl pkcs8 -topk8 -nocrypt -in old -out new");
    }
    var spec = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(found.group(1)));
    for (var algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(spec);
      } catch (InvalidKeySpecException _) {
        // a key of another kind; the next algorithm may know it
      }
    }
    throw new IllegalArgumentException(file + " holds a key that is neither EC, RSA nor Ed25519.");
  }
}
