package engineroom.bench;

import engineroom.bench.LoadClient.Load;
import engineroom.bench.LoadClient.Workload;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;

/// What it costs to be signed in, and what many who sign in at once cost everybody else.
final class SignedIn {
  private static final int READERS = 16;
  private static final int TURNS = 6;
  private static final Duration WARM_UP = Duration.ofSeconds(10);
  private static final Duration SETTLE = Duration.ofMillis(500);

  private static final int SIGN_INS = 1_000;
  private static final int STORMS = 3;
  private static final Duration STORM = Duration.ofSeconds(8);

  private final Path source;
  private final Path work;
  private final Duration block;

  SignedIn(Path source, Path work, Duration block) {
    this.source = source;
    this.work = work;
    this.block = block;
  }

  /// Point reads by a guest, and by who is signed in.
  void cost() throws IOException, InterruptedException {
    try (var app = AccountsApp.start(source, work, "optional")) {
      cost(app);
    }
  }

  private void cost(AccountsApp app) throws IOException, InterruptedException {
    var pages = app.rows("pages");
    var notes = app.rows("notes");
    var token = app.reader();
    var kinds =
        List.of(
            new Workload("guest", n -> LoadClient.get("/api/pages/" + nth(pages, n)), 200),
            new Workload(
                "signed in", n -> LoadClient.get("/api/pages/" + nth(pages, n), token), 200),
            new Workload(
                "signed in, rule over relation",
                n -> LoadClient.get("/api/notes/" + nth(notes, n), token),
                200));
    for (var kind : kinds) {
      app.client().run(kind, new Load(READERS, WARM_UP, SETTLE));
    }
    var micros = new double[kinds.size()][TURNS];
    for (int turn = 0; turn < TURNS; turn++) {
      for (int at = 0; at < kinds.size(); at++) {
        int kind = turn % 2 == 0 ? at : kinds.size() - 1 - at;
        var measure = app.client().run(kinds.get(kind), new Load(READERS, SETTLE, block));
        micros[kind][turn] = measure.cpuMicros();
      }
    }
    System.out.printf("%-32s %10s %14s %8s%n", "point read", "µs CPU", "least to most", "÷ guest");
    double guest = mean(micros[0]);
    for (int kind = 0; kind < kinds.size(); kind++) {
      var sorted = Arrays.stream(micros[kind]).sorted().toArray();
      System.out.printf(
          "%-32s %10.1f %6.1f to %4.1f %8.2f%n",
          kinds.get(kind).name(), mean(sorted), sorted[0], sorted[TURNS - 1], mean(sorted) / guest);
    }
  }

  private static String nth(List<String> ids, long n) {
    return ids.get((int) Math.floorMod(n * 7919, (long) ids.size()));
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  /// Reads that come at a steady pace, quiet and while a thousand sign in.
  void storms() throws IOException, InterruptedException {
    try (var app = AccountsApp.start(source, work, "optional")) {
      app.signUp();
      storms(app);
    }
  }

  private void storms(AccountsApp app) throws IOException, InterruptedException {
    var pages = app.rows("pages");
    var reads = new PacedReads(app.address(), n -> LoadClient.get("/api/pages/" + nth(pages, n)));
    reads.run(STORM);
    System.out.printf(
        "%-32s %9s %9s | %9s %9s | %s%n",
        "reads, " + PacedReads.PER_SECOND + " a second",
        "p50 ms",
        "p99 ms",
        "p50 storm",
        "p99 storm",
        "by status");
    for (int storm = 0; storm < STORMS; storm++) {
      storm(SIGN_INS + " sign-ins at once", app, reads, SignedIn::signIn);
      storm(
          SIGN_INS + " reads at once",
          app,
          reads,
          n -> LoadClient.get("/api/pages/" + nth(pages, n)));
    }
  }

  /// Reads, quiet and while many requests come at once.
  private static void storm(
      String name, AccountsApp app, PacedReads reads, IntFunction<byte[]> request)
      throws IOException, InterruptedException {
    var quiet = reads.run(STORM);
    var statuses = new TreeMap<Integer, Integer>();
    var sockets = connections(app.address());
    var during = reads.run(STORM, () -> statuses.putAll(answers(sockets, request)));
    System.out.printf(
        "%-32s %9.2f %9.2f | %9.2f %9.2f | %s%n",
        name, quiet.at(0.5), quiet.at(0.99), during.at(0.5), during.at(0.99), statuses);
  }

  /// Connections that wait to ask: made before, so that what is measured is the server and not the
  /// making of a thousand connections.
  private static List<Socket> connections(URI server) throws IOException {
    var sockets = new ArrayList<Socket>();
    for (int i = 0; i < SIGN_INS; i++) {
      var socket = new Socket(server.getHost(), server.getPort());
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(60_000);
      sockets.add(socket);
    }
    return sockets;
  }

  private static Map<Integer, Integer> answers(List<Socket> sockets, IntFunction<byte[]> request) {
    var statuses = new TreeMap<Integer, Integer>();
    try {
      for (int i = 0; i < SIGN_INS; i++) {
        sockets.get(i).getOutputStream().write(request.apply(i));
      }
      for (var socket : sockets) {
        statuses.merge(LoadClient.answer(socket.getInputStream()), 1, Integer::sum);
        socket.close();
      }
    } catch (IOException e) {
      throw new IllegalStateException("asking at once failed", e);
    }
    return statuses;
  }

  private static byte[] signIn(int number) {
    var body =
        "{\"login\":\"%s\",\"password\":\"%s\"}"
            .formatted(AccountsApp.known(number), AccountsApp.PASSWORD);
    return LoadClient.post(
        "/auth/sign-in", Map.of("X-Forwarded-For", AccountsApp.address(number)), body);
  }
}
