package engineroom.bench;

import engineroom.bench.LoadClient.Reply;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/// What a thousand who sign in at once cost those who read. Who is told that there is no room comes
/// again when the answer says, until everybody is in; a storm is over when the last one is.
final class SignInStorm {
  private static final int SIGN_INS = AccountsApp.USERS;

  /// The first one is not told of: it meets code that no compiler has seen.
  private static final int STORMS = 5;

  private static final Duration QUIET = Duration.ofSeconds(20);
  private static final Duration TIMEOUT = Duration.ofMinutes(1);

  private final AccountsApp app;
  private final PacedReads reads;

  private SignInStorm(AccountsApp app, List<String> pages) {
    this.app = app;
    this.reads =
        new PacedReads(app.address(), n -> LoadClient.get("/api/pages/" + SignedIn.nth(pages, n)));
  }

  /// Reads at a steady pace, quiet and beside storms.
  static void run(Path source, Path work) throws IOException, InterruptedException {
    try (var app = AccountsApp.start(source, work, "optional")) {
      app.signUp();
      var storm = new SignInStorm(app, app.rows("pages"));
      storm.reads.run(QUIET);
      storm.once();
      System.out.printf(
          "%-22s %9s %9s | %9s %9s | %8s %8s%n",
          "reads, " + PacedReads.PER_SECOND + " a second",
          "p50 ms",
          "p99 ms",
          "p50 storm",
          "p99 storm",
          "seconds",
          "refused");
      for (int i = 1; i < STORMS; i++) {
        System.out.println(storm.once());
      }
    }
  }

  private String once() throws IOException, InterruptedException {
    var quiet = reads.run(QUIET);
    var server = new InetSocketAddress(app.address().getHost(), app.address().getPort());
    var sockets = connections(server);
    var refused = new AtomicInteger();
    long begin = System.nanoTime();
    var during = reads.run(Duration.ZERO, () -> allIn(sockets, refused));
    return "%-22s %9.2f %9.2f | %9.2f %9.2f | %8d %8d"
        .formatted(
            SIGN_INS + " sign-ins at once",
            quiet.at(0.5),
            quiet.at(0.99),
            during.at(0.5),
            during.at(0.99),
            Duration.ofNanos(System.nanoTime() - begin).toSeconds(),
            refused.get());
  }

  /// Connections that wait to ask: made before, so that what is measured is the server and not the
  /// making of a thousand connections.
  private static List<Socket> connections(InetSocketAddress server) throws IOException {
    var sockets = new ArrayList<Socket>();
    for (int i = 0; i < SIGN_INS; i++) {
      sockets.add(connection(server));
    }
    return sockets;
  }

  private static Socket connection(InetSocketAddress server) throws IOException {
    var socket = new Socket(server.getAddress(), server.getPort());
    socket.setTcpNoDelay(true);
    socket.setSoTimeout((int) TIMEOUT.toMillis());
    return socket;
  }

  private static void allIn(List<Socket> sockets, AtomicInteger refused) {
    try (var users = Executors.newVirtualThreadPerTaskExecutor()) {
      var all = new ArrayList<Future<?>>();
      for (int i = 0; i < sockets.size(); i++) {
        var socket = sockets.get(i);
        var request = request(i);
        all.add(users.submit(() -> signIn(socket, request, refused)));
      }
      for (var one : all) {
        one.get();
      }
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException("a storm went wrong", e);
    }
  }

  /// A connection does not wait for the time to come again: servers close those that say nothing.
  private static void signIn(Socket first, byte[] request, AtomicInteger refused) {
    var server = (InetSocketAddress) first.getRemoteSocketAddress();
    try {
      var answer = asked(first, request);
      while (answer.status() == 503 && answer.retryAfter() > 0) {
        refused.incrementAndGet();
        Thread.sleep(Duration.ofSeconds(answer.retryAfter()));
        answer = asked(connection(server), request);
      }
      if (answer.status() != 200) {
        throw new IllegalStateException("signing in was answered " + answer);
      }
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException("signing in failed", e);
    }
  }

  private static Reply asked(Socket socket, byte[] request) throws IOException {
    try (socket) {
      socket.getOutputStream().write(request);
      return LoadClient.reply(new BufferedInputStream(socket.getInputStream()));
    }
  }

  private static byte[] request(int number) {
    var body =
        "{\"login\":\"%s\",\"password\":\"%s\"}"
            .formatted(AccountsApp.known(number), AccountsApp.PASSWORD);
    return LoadClient.post(
        "/auth/sign-in", Map.of("X-Forwarded-For", AccountsApp.address(number)), body);
  }
}
