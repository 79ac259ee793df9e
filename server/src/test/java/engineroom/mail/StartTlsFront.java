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

/// A door with STARTTLS before a mail server that has none: speaks plainly until the client asks
/// for TLS, and hands everything after that to the server.
final class StartTlsFront implements AutoCloseable {
  private final ServerSocket listening;
  private final SSLContext identity;
  private final int behind;

  StartTlsFront(SSLContext identity, int behind) throws IOException {
    this.identity = identity;
    this.behind = behind;
    this.listening = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return listening.getLocalPort();
  }

  private void accept() {
    try {
      while (true) {
        var client = listening.accept();
        Thread.ofVirtual().start(() -> serve(client));
      }
    } catch (IOException _) {
      // closed, which ends this
    }
  }

  private void serve(Socket client) {
    try (client) {
      say(client, "220 front ESMTP");
      while (true) {
        var line = line(client.getInputStream());
        if (line.startsWith("EHLO")) {
          say(client, "250-front");
          say(client, "250 STARTTLS");
        } else if (line.equals("STARTTLS")) {
          say(client, "220 go on");
          relay(client);
          return;
        } else {
          say(client, "530 5.7.0 Must issue a STARTTLS command first");
        }
      }
    } catch (IOException _) {
      // the client has gone
    }
  }

  private void relay(Socket plain) throws IOException {
    var host = plain.getInetAddress().getHostAddress();
    try (var safe =
            (SSLSocket)
                identity.getSocketFactory().createSocket(plain, host, plain.getPort(), true);
        var server = new Socket(InetAddress.getLoopbackAddress(), behind)) {
      safe.setUseClientMode(false);
      line(server.getInputStream()); // its greeting; the client has had ours
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
