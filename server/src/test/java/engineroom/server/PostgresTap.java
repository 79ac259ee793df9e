package engineroom.server;

import engineroom.stores.PostgresAddress;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/// Stands between a program and a PostgreSQL server, and hears which statements are carried out:
/// those that come over the wire, whatever the program believes to send.
public final class PostgresTap implements AutoCloseable {
  private final PostgresAddress server;
  private final ServerSocket listening;
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private final List<Socket> open = new CopyOnWriteArrayList<>();

  public PostgresTap(PostgresAddress server) {
    this.server = server;
    try {
      this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  /// The same database, through the tap.
  public PostgresAddress address() {
    return new PostgresAddress(
        "127.0.0.1", listening.getLocalPort(), server.database(), server.login(), Map.of());
  }

  /// The statements carried out so far, but for those that only begin and end transactions.
  public List<String> statements() {
    return heard.stream().filter(sql -> !sql.matches("(?i)(BEGIN|COMMIT|ROLLBACK|SET).*")).toList();
  }

  private void accept() {
    try {
      while (true) {
        var client = listening.accept();
        var there = new Socket(server.host(), server.port());
        client.setTcpNoDelay(true);
        there.setTcpNoDelay(true);
        open.addAll(List.of(client, there));
        Thread.ofVirtual().start(() -> hear(client, there));
        Thread.ofVirtual().start(() -> pass(there, client));
      }
    } catch (IOException _) {
      // closed
    }
  }

  private static void pass(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException _) {
      // one of both has gone
    }
  }

  private void hear(Socket client, Socket there) {
    try (client;
        there) {
      var in = new DataInputStream(client.getInputStream());
      var out = there.getOutputStream();
      begin(in, out);
      var session = new Session();
      for (int type = in.read(); type >= 0; type = in.read()) {
        int length = in.readInt();
        var body = body(in, length - 4);
        session.hear((char) type, body);
        send(out, ByteBuffer.allocate(5).put((byte) type).putInt(length).array(), body);
      }
    } catch (IOException _) {
      // one of both has gone
    }
  }

  /// What comes first has no type; a wish for encryption comes before it.
  private static void begin(DataInputStream in, OutputStream out) throws IOException {
    int length;
    do {
      length = in.readInt();
      send(out, ByteBuffer.allocate(4).putInt(length).array(), body(in, length - 4));
    } while (length == 8);
  }

  private static byte[] body(InputStream in, int length) throws IOException {
    return in.readNBytes(length);
  }

  private static void send(OutputStream out, byte[] head, byte[] body) throws IOException {
    out.write(head);
    out.write(body);
    out.flush();
  }

  /// What one connection has prepared.
  private final class Session {
    private final Map<String, String> prepared = new HashMap<>();
    private final Map<String, String> portals = new HashMap<>();

    void hear(char type, byte[] body) {
      var texts = new String(body, StandardCharsets.UTF_8).split("\0", 3);
      switch (type) {
        case 'P' -> prepared.put(texts[0], texts[1]);
        case 'B' -> portals.put(texts[0], prepared.getOrDefault(texts[1], "?"));
        case 'E' -> heard.add(portals.getOrDefault(texts[0], "?"));
        case 'Q' -> heard.add(texts[0]);
        default -> {
          // carries nothing out
        }
      }
    }
  }

  @Override
  public void close() {
    try {
      listening.close();
      for (var socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
