package engineroom.server;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// A request over one connection of HTTP/1.1 whose body is sent piece by piece, and whose answer is
/// read while it is.
final class Conversation implements AutoCloseable {
  /// Longer than anything takes on a busy machine.
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Socket socket;
  private final InputStream in;
  private int left;
  private boolean begun;

  Conversation(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout((int) PATIENCE.toMillis());
    in = socket.getInputStream();
  }

  /// Sends the first line and the header of a request with a body in chunks.
  Conversation ask(String method, String target, String type) throws IOException {
    send(method + " " + target + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + type + "\r\n");
    send("Transfer-Encoding: chunked\r\n\r\n");
    begun = false;
    return this;
  }

  /// Sends a piece of the body.
  void say(String text) throws IOException {
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    send(Integer.toHexString(bytes) + "\r\n" + text + "\r\n");
  }

  /// Ends the body.
  void end() throws IOException {
    send("0\r\n\r\n");
  }

  void send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
  }

  /// The next line of the answer's body, which comes in chunks; empty behind the last one.
  String hear() throws IOException {
    if (!begun) {
      head();
    }
    var text = new StringBuilder();
    while (true) {
      if (left == 0) {
        left = Integer.parseInt(line(), 16);
        if (left == 0) {
          line();
          return text.toString();
        }
      }
      int next = in.read();
      if (--left == 0) {
        line();
      }
      if (next == '\n') {
        return text.toString();
      }
      text.append((char) next);
    }
  }

  /// The header of an answer.
  String head() throws IOException {
    begun = true;
    var head = new StringBuilder();
    for (var line = line(); !line.isEmpty(); line = line()) {
      head.append(line).append('\n');
    }
    return head.toString();
  }

  private String line() throws IOException {
    var line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new IOException("the connection ended behind: " + line);
      }
      line.append((char) next);
    }
    return line.toString().strip();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
