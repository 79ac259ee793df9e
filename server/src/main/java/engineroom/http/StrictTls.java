package engineroom.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.security.SecureRandom;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/// TLS 1.3, and of TLS 1.2 what has forward secrecy and authenticated encryption (RFC 9325).
///
/// The library makes its sockets from the context alone and leaves out what its own settings say of
/// versions and cipher suites (Helidon 4.5.0), so the context sees to it.
final class StrictTls extends SSLContextSpi {
  private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};
  private static final String[] SUITES = {
    "TLS_AES_256_GCM_SHA384",
    "TLS_AES_128_GCM_SHA256",
    "TLS_CHACHA20_POLY1305_SHA256",
    "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
    "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
    "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
    "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
    "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
    "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256"
  };

  private final SSLContext context;

  private StrictTls(SSLContext context) {
    this.context = context;
  }

  /// The same context, stricter.
  static SSLContext over(SSLContext context) {
    return new Context(new StrictTls(context), context);
  }

  private static final class Context extends SSLContext {
    Context(StrictTls strict, SSLContext context) {
      super(strict, context.getProvider(), context.getProtocol());
    }
  }

  private static SSLParameters parameters() {
    var parameters = new SSLParameters(SUITES, VERSIONS);
    parameters.setUseCipherSuitesOrder(true);
    return parameters;
  }

  @Override
  protected void engineInit(KeyManager[] keys, TrustManager[] trust, SecureRandom random) {
    throw new IllegalStateException("the context is ready already");
  }

  @Override
  protected SSLSocketFactory engineGetSocketFactory() {
    return new Sockets(context.getSocketFactory());
  }

  @Override
  protected SSLServerSocketFactory engineGetServerSocketFactory() {
    return context.getServerSocketFactory();
  }

  @Override
  protected SSLEngine engineCreateSSLEngine() {
    var engine = context.createSSLEngine();
    engine.setSSLParameters(parameters());
    return engine;
  }

  @Override
  protected SSLEngine engineCreateSSLEngine(String host, int port) {
    var engine = context.createSSLEngine(host, port);
    engine.setSSLParameters(parameters());
    return engine;
  }

  @Override
  protected SSLSessionContext engineGetServerSessionContext() {
    return context.getServerSessionContext();
  }

  @Override
  protected SSLSessionContext engineGetClientSessionContext() {
    return context.getClientSessionContext();
  }

  @Override
  protected SSLParameters engineGetDefaultSSLParameters() {
    return parameters();
  }

  @Override
  protected SSLParameters engineGetSupportedSSLParameters() {
    return parameters();
  }

  /// Makes the server's sockets of those that were accepted, and no others.
  private static final class Sockets extends SSLSocketFactory {
    private final SSLSocketFactory sockets;

    Sockets(SSLSocketFactory sockets) {
      this.sockets = sockets;
    }

    @Override
    public Socket createSocket(Socket accepted, InputStream consumed, boolean autoClose)
        throws IOException {
      var socket = (SSLSocket) sockets.createSocket(accepted, consumed, autoClose);
      socket.setSSLParameters(parameters());
      return socket;
    }

    @Override
    public Socket createSocket(Socket socket, String host, int port, boolean autoClose) {
      throw none();
    }

    @Override
    public Socket createSocket(String host, int port) {
      throw none();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress from, int fromPort) {
      throw none();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
      throw none();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort) {
      throw none();
    }

    private static UnsupportedOperationException none() {
      return new UnsupportedOperationException("a server opens no connections");
    }

    @Override
    public String[] getDefaultCipherSuites() {
      return SUITES.clone();
    }

    @Override
    public String[] getSupportedCipherSuites() {
      return SUITES.clone();
    }
  }
}
