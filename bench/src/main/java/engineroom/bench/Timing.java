package engineroom.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;

/// Looks whether sign-in, sign-up and reset tell by their time, or by a byte of their answers, if
/// an address has an account. Every address is asked about once, each from a network of its own, so
/// that nothing is held back.
final class Timing {
  private static final int WARM_UP = 40;
  private static final String WRONG = "quiet river under another";

  private final Path source;
  private final Path work;
  private final Random random = new Random(1);

  Timing(Path source, Path work) {
    this.source = source;
    this.work = work;
  }

  /// A request about an address.
  private record Question(String name, String path, String json) {
    byte[] bytes(String address, int number) {
      var from = Map.of("X-Forwarded-For", AccountsApp.address(number));
      return LoadClient.post(path, from, json.formatted(address));
    }
  }

  private static final List<Question> QUESTIONS =
      List.of(
          new Question("reset", "/auth/password/reset", "{\"email\":\"%s\"}"),
          new Question("magic link", "/auth/magic-link", "{\"email\":\"%s\"}"),
          new Question("e-mail code", "/auth/email-code", "{\"email\":\"%s\"}"),
          new Question(
              "sign-in", "/auth/sign-in", "{\"login\":\"%s\",\"password\":\"" + WRONG + "\"}"),
          new Question(
              "sign-up",
              "/auth/sign-up",
              "{\"email\":\"%s\",\"password\":\"" + AccountsApp.PASSWORD + "\"}"));

  void run() throws IOException, InterruptedException {
    System.out.printf(
        "%-32s %8s | %10s %10s %10s | %7s %s%n",
        "known and unknown addresses",
        "samples",
        "known ms",
        "unknown ms",
        "apart µs",
        "p",
        "bytes");
    for (var confirm : List.of("required", "optional")) {
      try (var app = AccountsApp.start(source, work.resolve(confirm), confirm)) {
        app.signUp();
        for (var question : QUESTIONS) {
          System.out.println(line(app.address(), question, confirm));
        }
      }
    }
  }

  private String line(URI server, Question question, String confirm) throws IOException {
    try (var asking = new Asking(server)) {
      for (int i = 0; i < WARM_UP; i++) {
        asking.ask(question.bytes("warm%05d@example.net".formatted(i), 1_000_000 + i));
      }
      return measured(asking, question, confirm);
    }
  }

  private String measured(Asking asking, Question question, String confirm) throws IOException {
    int n = AccountsApp.USERS;
    var times = new double[2][n];
    boolean alike = true;
    List<IntFunction<String>> whom = List.of(AccountsApp::known, AccountsApp::unknown);
    for (int i = 0; i < n; i++) {
      int first = random.nextInt(2);
      var said = new String[2];
      for (int which : new int[] {first, 1 - first}) {
        var request = question.bytes(whom.get(which).apply(i), 2 * i + which);
        long begin = System.nanoTime();
        said[which] = asking.ask(request);
        times[which][i] = (System.nanoTime() - begin) / 1e6;
      }
      alike &= said[0].equals(said[1]);
    }
    double p = MannWhitney.of(times[0], times[1]).p();
    double known = median(times[0]);
    double unknown = median(times[1]);
    return "%-32s %8d | %10.3f %10.3f %10.0f | %7.3f %s"
        .formatted(
            question.name() + ", confirm: " + confirm,
            2 * n,
            known,
            unknown,
            1000 * (known - unknown),
            p,
            alike ? "same" : "DIFFERENT");
  }

  private static double median(double[] values) {
    var sorted = values.clone();
    Arrays.sort(sorted);
    return (sorted[sorted.length / 2] + sorted[(sorted.length - 1) / 2]) / 2;
  }

  /// One connection, and what is answered on it.
  private static final class Asking implements AutoCloseable {
    private final Socket socket = new Socket();
    private final InputStream in;

    Asking(URI server) throws IOException {
      socket.setTcpNoDelay(true);
      socket.connect(new InetSocketAddress(server.getHost(), server.getPort()), 5_000);
      socket.setSoTimeout(30_000);
      in = new BufferedInputStream(socket.getInputStream());
    }

    /// The answer, but for ids, tokens, addresses and times.
    String ask(byte[] request) throws IOException {
      socket.getOutputStream().write(request);
      var answer = new StringBuilder();
      int length = 0;
      for (var line = line(); !line.isEmpty(); line = line()) {
        answer.append(line).append('\n');
        var lower = line.toLowerCase(Locale.ROOT);
        if (lower.startsWith("content-length:")) {
          length = Integer.parseInt(lower.substring(15).strip());
        }
      }
      answer.append(new String(in.readNBytes(length), StandardCharsets.UTF_8));
      return answer
          .toString()
          .replaceAll("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "ID")
          .replaceAll("(?m)^Date: .*$", "DATE")
          .replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "TIME")
          .replaceAll("(?m)^(Content-Length): .*$", "$1")
          .replaceAll("(known|other)(\\d{5})", "USER$2")
          .replaceAll("(er_[a-z]{2}_|ey)[A-Za-z0-9._-]+", "TOKEN");
    }

    private String line() throws IOException {
      var text = new StringBuilder();
      for (int c = in.read(); c != '\n'; c = in.read()) {
        if (c < 0) {
          throw new IOException("the server closed the connection");
        }
        if (c != '\r') {
          text.append((char) c);
        }
      }
      return text.toString();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
