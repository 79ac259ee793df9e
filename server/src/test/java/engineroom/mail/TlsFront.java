package engineroom.mail;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/// A door with TLS before a mail server that has none. With STARTTLS it speaks plainly until the
/// client asks for TLS, and hands everything after that to the server.
public final class TlsFront implements AutoCloseable {
  private final ServerSocket listening;
  private final SSLContext identity;
  private final int behind;

  private TlsFront(SSLContext identity, int behind) throws IOException {
    this.identity = identity;
    this.behind = behind;
    this.listening = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
  }

  /// What is done with a client.
  private interface Service {
    void serve(Socket client) throws IOException;
  }

  /// With STARTTLS.
  public static TlsFront startTls(SSLContext identity, int behind) throws IOException {
    var front = new TlsFront(identity, behind);
    Thread.ofVirtual().start(() -> front.accept(front::agree));
    return front;
  }

  /// With TLS from the first byte.
  public static TlsFront smtps(SSLContext identity, int behind) throws IOException {
    var front = new TlsFront(identity, behind);
    Thread.ofVirtual().start(() -> front.accept(client -> front.relay(client, "")));
    return front;
  }

  public int port() {
    return listening.getLocalPort();
  }

  private void accept(Service service) {
    try {
      while (true) {
        var client = listening.accept();
        Thread.ofVirtual().start(() -> serve(client, service));
      }
    } catch (IOException _) {
      // closed, which ends this
    }
  }

  private static void serve(Socket client, Service service) {
    try (client) {
      service.serve(client);
    } catch (IOException _) {
      // the client has gone
    }
  }

  private void agree(Socket client) throws IOException {
    say(client, "220 front ESMTP");
    while (true) {
      var line = line(client.getInputStream());
      if (line.startsWith("EHLO")) {
        say(client, "250-front");
        say(client, "250 STARTTLS");
      } else if (line.equals("STARTTLS")) {
        say(client, "220 go on");
        relay(client, "220 ");
        return;
      } else {
        say(client, "530 5.7.0 Must issue a STARTTLS command first");
      }
    }
  }

  /// @param swallowed what the server begins with that the client has had already; empty for
  ///   nothing
  private void relay(Socket plain, String swallowed) throws IOException {
    var host = plain.getInetAddress().getHostAddress();
    try (var safe =
            (SSLSocket)
                identity.getSocketFactory().createSocket(plain, host, plain.getPort(), true);
        var server = new Socket(InetAddress.getLoopbackAddress(), behind)) {
      safe.setUseClientMode(false);
      if (!swallowed.isEmpty() && !line(server.getInputStream()).startsWith(swallowed)) {
        throw new IOException("the server greets otherwise");
      }
      var back = Thread.ofVirtual().start(() -> copy(server, safe));
      safe.getInputStream().transferTo(server.getOutputStream());
      back.interrupt();
    }
  }

  private static void copy(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException _) {
      // one of them has gone
    }
  }

  private static void say(Socket client, String line) throws IOException {
    OutputStream out = client.getOutputStream();
    out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  /// Byte by byte: what follows is no longer plain.
  private static String line(InputStream in) throws IOException {
    var line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new IOException("closed");
      }
      line.append((char) next);
    }
    return line.toString().strip();
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}
