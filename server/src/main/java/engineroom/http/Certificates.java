package engineroom.http;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/// The certificate that the server shows, read again when its files change: a renewed one needs no
/// restart. Where the new files are wrong, the certificate before stays.
final class Certificates extends X509ExtendedKeyManager {
  private static final Logger LOGGER = System.getLogger("engineroom.http");

  /// However many clients connect, the files are looked at no more often.
  private static final Duration LOOKED = Duration.ofSeconds(1);

  private final HttpConfig.Tls files;
  private final InstantSource clock;
  private Instant lookAgain;
  private @Nullable Stamp stamp;
  private int generation;
  private volatile X509ExtendedKeyManager current;
  private volatile X509ExtendedKeyManager before;

  /// Reads the files.
  ///
  /// @throws IllegalArgumentException with a text for the operator, where they can't be used
  Certificates(HttpConfig.Tls files, InstantSource clock) {
    this.files = files;
    this.clock = clock;
    stamp = Stamp.of(files);
    lookAgain = clock.instant().plus(LOOKED);
    current = read();
    before = current;
  }

  /// How both files look from outside.
  private record Stamp(Look certificate, Look key) {
    private record Look(FileTime time, long bytes, @Nullable Object file) {}

    /// Null while a file is missing, as it may be for a moment while it is replaced.
    static @Nullable Stamp of(HttpConfig.Tls files) {
      try {
        return new Stamp(look(files.certificate()), look(files.key()));
      } catch (IOException _) {
        return null;
      }
    }

    private static Look look(Path file) throws IOException {
      var attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return new Look(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
    }
  }

  SSLContext context() {
    try {
      var context = SSLContext.getInstance("TLS");
      context.init(new KeyManager[] {this}, null, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no TLS", e);
    }
  }

  private X509ExtendedKeyManager read() {
    var identity = PemFiles.read(files);
    var doubt = identity.doubt(clock.instant());
    if (doubt != null) {
      LOGGER.log(Level.WARNING, doubt);
    }
    return identity.manager("server" + generation++);
  }

  /// Takes changed files.
  private synchronized void look() {
    var now = clock.instant();
    if (now.isBefore(lookAgain)) {
      return;
    }
    lookAgain = now.plus(LOOKED);
    var seen = Stamp.of(files);
    if (seen == null || seen.equals(stamp)) {
      return;
    }
    stamp = seen;
    try {
      var next = read();
      before = current;
      current = next;
      LOGGER.log(Level.INFO, "The certificate " + files.certificate() + " was read again.");
    } catch (IllegalArgumentException e) {
      LOGGER.log(Level.ERROR, e.getMessage() + " The certificate before stays in use.");
    }
  }

  @Override
  public @Nullable String chooseEngineServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
    look();
    return current.chooseEngineServerAlias(keyType, issuers, engine);
  }

  @Override
  public @Nullable String chooseServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
    look();
    return current.chooseServerAlias(keyType, issuers, socket);
  }

  /// A handshake that began with the certificate before ends with it.
  @Override
  public X509Certificate @Nullable [] getCertificateChain(String alias) {
    var chain = current.getCertificateChain(alias);
    return chain == null ? before.getCertificateChain(alias) : chain;
  }

  @Override
  public @Nullable PrivateKey getPrivateKey(String alias) {
    var key = current.getPrivateKey(alias);
    return key == null ? before.getPrivateKey(alias) : key;
  }

  @Override
  public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
    return current.getServerAliases(keyType, issuers);
  }

  @Override
  public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
    return null; // a server only
  }

  @Override
  public @Nullable String chooseClientAlias(
      String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return null; // a server only
  }
}
