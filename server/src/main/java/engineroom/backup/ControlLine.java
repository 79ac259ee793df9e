package engineroom.backup;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The way from the command line to the program that serves an app: a socket in its data folder,
/// which only its owner may use. One word is sent, and lines come back.
public final class ControlLine implements AutoCloseable {
  /// The first line of an answer.
  private static final String DONE = "done";

  private static final System.Logger LOG = System.getLogger("engineroom.backup");
  private static final int WORD_MAX = 64;

  private final Path socket;
  private final ServerSocketChannel channel;
  private final Function<String, Reply> work;

  private ControlLine(Path socket, ServerSocketChannel channel, Function<String, Reply> work) {
    this.socket = socket;
    this.channel = channel;
    this.work = work;
  }

  /// What came of a word.
  ///
  /// @param done false where it failed
  public record Reply(boolean done, List<String> lines) {
    public Reply {
      lines = lines.stream().flatMap(String::lines).toList();
    }
  }

  private static Path socket(Path data) {
    return data.resolve("control.socket");
  }

  /// Listens in a data folder, whose database this program has locked. Null where the system has no
  /// such sockets, or the folder's path is too long for one; the log tells.
  public static @Nullable ControlLine listen(Path data, Function<String, Reply> work) {
    var socket = socket(data);
    try {
      Files.deleteIfExists(socket); // left by a program that was killed
      var channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      channel.bind(UnixDomainSocketAddress.of(socket));
      Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
      var line = new ControlLine(socket, channel, work);
      Thread.ofVirtual().name("control").start(line::loop);
      return line;
    } catch (IOException | UnsupportedOperationException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "No socket "
              + socket
              + " ("
              + e.getMessage()
              + "): while the app is served, make backups by POST /admin/backups.");
      return null;
    }
  }

  private void loop() {
    while (channel.isOpen()) {
      try {
        var caller = channel.accept();
        Thread.ofVirtual().start(() -> answer(caller));
      } catch (IOException _) {
        return; // closed
      }
    }
  }

  private void answer(SocketChannel caller) {
    try (caller;
        var in =
            new BufferedReader(
                new InputStreamReader(Channels.newInputStream(caller), StandardCharsets.UTF_8),
                WORD_MAX);
        var out =
            new PrintStream(Channels.newOutputStream(caller), false, StandardCharsets.UTF_8)) {
      var word = in.readLine();
      var reply = work.apply(word == null ? "" : word);
      out.println(reply.done() ? DONE : "failed");
      reply.lines().forEach(out::println);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "the caller of the control socket is gone", e);
    }
  }

  /// Sends a word to the program that serves the app of a data folder; nothing where none does.
  public static Optional<Reply> send(Path data, String word) {
    var socket = socket(data);
    if (!Files.exists(socket)) {
      return Optional.empty();
    }
    try (var channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        var out = new PrintStream(Channels.newOutputStream(channel), true, StandardCharsets.UTF_8);
        var in =
            new BufferedReader(
                new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8))) {
      out.println(word);
      var lines = in.readAllLines();
      return lines.isEmpty()
          ? Optional.of(new Reply(false, List.of("The program ended before it was done.")))
          : Optional.of(new Reply(lines.getFirst().equals(DONE), lines.subList(1, lines.size())));
    } catch (IOException | UnsupportedOperationException _) {
      return Optional.empty(); // nobody listens: the one who made the socket was killed
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
      Files.deleteIfExists(socket);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, socket + " can't be removed", e);
    }
  }
}
