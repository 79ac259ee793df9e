package engineroom.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// A certificate for this machine, made by the JDK's `keytool`, as PEM files.
record TestCertificate(HttpConfig.Tls files, X509Certificate certificate) {
  private static final String PASSWORD = "changeit";

  /// @param options `-keyalg EC` and more
  static TestCertificate make(Path folder, String name, String... options) throws Exception {
    var store = folder.resolve(name + ".p12");
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-dname",
                "CN=" + name,
                "-ext",
                "SAN=ip:127.0.0.1,dns:localhost",
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                store.toString()));
    command.addAll(List.of(options));
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return written(folder, name, store);
  }

  private static TestCertificate written(Path folder, String name, Path store)
      throws IOException, GeneralSecurityException {
    var keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
    var certificate = (X509Certificate) keys.getCertificate("server");
    var key = keys.getKey("server", PASSWORD.toCharArray());
    var files =
        new HttpConfig.Tls(
            pem(folder.resolve(name + ".pem"), "CERTIFICATE", certificate.getEncoded()),
            pem(folder.resolve(name + ".key"), "PRIVATE KEY", key.getEncoded()));
    return new TestCertificate(files, certificate);
  }

  private static Path pem(Path file, String what, byte[] bytes) throws IOException {
    var encoder = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
    return Files.writeString(
        file,
        "-----BEGIN %s-----\n%s\n-----END %s-----\n"
            .formatted(what, encoder.encodeToString(bytes), what));
  }

  /// Trusts these certificates and nobody else.
  static SSLContext trusting(TestCertificate... certificates) throws Exception {
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    for (var each : certificates) {
      store.setCertificateEntry(
          each.certificate().getSubjectX500Principal().getName(), each.certificate());
    }
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    var context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
