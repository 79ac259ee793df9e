package engineroom.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// A key of this machine's own, trusted by whoever has its file.
///
/// @param file a key store with [#PASSWORD]
/// @param context shows the key and trusts it
public record TlsIdentity(Path file, SSLContext context) {
  public static final String PASSWORD = "changeit";

  /// Makes one.
  public static TlsIdentity in(Path folder)
      throws IOException, InterruptedException, GeneralSecurityException {
    var file = folder.resolve("front.p12");
    var command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-alias",
            "front",
            "-keyalg",
            "EC",
            "-dname",
            "CN=front",
            "-ext",
            "SAN=ip:127.0.0.1,dns:localhost",
            "-storetype",
            "PKCS12",
            "-storepass",
            PASSWORD,
            "-keystore",
            file.toString());
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    return new TlsIdentity(file, context(file));
  }

  private static SSLContext context(Path file) throws IOException, GeneralSecurityException {
    var password = PASSWORD.toCharArray();
    var keys = KeyStore.getInstance(file.toFile(), password);
    var identity = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    identity.init(keys, password);
    var trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("front", keys.getCertificate("front"));
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    var context = SSLContext.getInstance("TLS");
    context.init(identity.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }
}
