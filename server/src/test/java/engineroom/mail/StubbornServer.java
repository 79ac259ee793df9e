package engineroom.mail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// A mail server that has one answer to every recipient.
final class StubbornServer implements AutoCloseable {
  private final ServerSocket listening;
  private final String answer;

  /// @param answer `550 5.1.1 No such user`
  StubbornServer(String answer) throws IOException {
    this.answer = answer;
    this.listening = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  SmtpServer server() {
    return new SmtpServer(
        "127.0.0.1", listening.getLocalPort(), SmtpServer.Safety.NONE, null, null);
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
    try (client;
        var in =
            new BufferedReader(
                new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII))) {
      say(client, "220 stubborn");
      for (var line = in.readLine(); line != null; line = in.readLine()) {
        say(client, line.startsWith("RCPT") ? answer : "250 ok");
      }
    } catch (IOException _) {
      // the client has gone
    }
  }

  private static void say(Socket client, String line) throws IOException {
    client.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}
