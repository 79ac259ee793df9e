package engineroom.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;

/// Sends requests over kept-alive HTTP/1.1 connections as fast as they are answered, and tells what
/// one cost the server. Only addresses of this machine are taken.
public final class LoadClient {
  private static final Duration SETTLE_BLOCK = Duration.ofSeconds(4);
  private static final int SETTLE_BLOCKS = 15;

  private final InetSocketAddress address;
  private final long serverPid;

  /// One kind of request.
  ///
  /// @param request the bytes of the nth request
  /// @param status the only status that counts
  public record Workload(String name, LongFunction<byte[]> request, int status) {}

  /// How hard, and for how long.
  public record Load(int connections, Duration warmUp, Duration time) {}

  /// What a run gave.
  ///
  /// @param cpuMicros of the server, user and system, per request
  public record Measure(
      String workload,
      int connections,
      long requests,
      double perSecond,
      double cpuMicros,
      double p50Millis,
      double p99Millis) {
    @Override
    public String toString() {
      return "%-24s c=%-4d %9.0f req/s %8.1f µs CPU/req  p50 %7.2f ms  p99 %7.2f ms"
          .formatted(workload, connections, perSecond, cpuMicros, p50Millis, p99Millis);
    }
  }

  public LoadClient(URI server, long serverPid) {
    this.address = new InetSocketAddress(server.getHost(), server.getPort());
    if (!address.getAddress().isLoopbackAddress()) {
      throw new IllegalArgumentException("load goes to this machine only, not to " + server);
    }
    this.serverPid = serverPid;
  }

  /// Runs a workload.
  public Measure run(Workload workload, Load load) throws IOException, InterruptedException {
    var counter = new AtomicLong();
    drive(workload, load.connections(), load.warmUp(), counter);
    long cpu = cpuTicks();
    long start = System.nanoTime();
    var times = drive(workload, load.connections(), load.time(), counter);
    double seconds = (System.nanoTime() - start) / 1e9;
    double micros = (cpuTicks() - cpu) * 10_000.0;
    var sorted = times.stream().flatMapToLong(Arrays::stream).sorted().toArray();
    int n = sorted.length;
    return new Measure(
        workload.name(),
        load.connections(),
        n,
        n / seconds,
        micros / Math.max(1, n),
        n == 0 ? 0 : sorted[n / 2] / 1e6,
        n == 0 ? 0 : sorted[(int) (n * 0.99)] / 1e6);
  }

  /// Asks until the server has compiled what it needs: until its compiler takes less than 2 % of a
  /// block, and a minute at most. A request that has more to do has more code to be compiled, and a
  /// fixed time would count the compiler for it.
  public void settle(Workload workload, int connections) throws IOException, InterruptedException {
    var block = new Load(connections, Duration.ZERO, SETTLE_BLOCK);
    for (int i = 0; i < SETTLE_BLOCKS; i++) {
      long compiled = compilerTicks();
      long all = cpuTicks();
      run(workload, block);
      if (i > 0 && (compilerTicks() - compiled) * 50 < cpuTicks() - all) {
        return;
      }
    }
  }

  /// The processor time of the server's compilers, in ticks of the kernel.
  long compilerTicks() throws IOException {
    long ticks = 0;
    try (var threads = Files.newDirectoryStream(Path.of("/proc/" + serverPid + "/task"))) {
      for (var thread : threads) {
        try {
          var stat = Files.readString(thread.resolve("stat"));
          ticks += stat.contains(" Compiler") ? ticks(stat) : 0;
        } catch (NoSuchFileException _) {
          // it has ended since
        }
      }
    }
    return ticks;
  }

  private List<long[]> drive(Workload workload, int connections, Duration time, AtomicLong counter)
      throws InterruptedException {
    var threads = new ArrayList<Thread>();
    var times = new ArrayList<long[]>();
    long end = System.nanoTime() + time.toNanos();
    for (int i = 0; i < connections; i++) {
      threads.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    var own = connection(workload, end, counter);
                    synchronized (times) {
                      times.add(own);
                    }
                  }));
    }
    for (var thread : threads) {
      thread.join();
    }
    return times;
  }

  private long[] connection(Workload workload, long end, AtomicLong counter) {
    var times = new long[1024];
    int n = 0;
    try (var socket = new Socket()) {
      socket.setTcpNoDelay(true);
      socket.connect(address, 5_000);
      socket.setSoTimeout(30_000);
      var out = socket.getOutputStream();
      var in = new BufferedInputStream(socket.getInputStream(), 65_536);
      while (System.nanoTime() < end) {
        long start = System.nanoTime();
        out.write(workload.request().apply(counter.getAndIncrement()));
        int status = answer(in);
        if (status != workload.status()) {
          throw new IllegalStateException(workload.name() + " was answered " + status);
        }
        if (n == times.length) {
          times = Arrays.copyOf(times, n * 2);
        }
        times[n++] = System.nanoTime() - start;
      }
      return Arrays.copyOf(times, n);
    } catch (IOException e) {
      throw new IllegalStateException(workload.name() + ": the connection broke", e);
    }
  }

  /// Reads one answer whole and gives its status.
  static int answer(InputStream in) throws IOException {
    return reply(in).status();
  }

  /// What is told of an answer.
  ///
  /// @param retryAfter in seconds; 0 where none is named
  record Reply(int status, int retryAfter) {}

  /// Reads an answer to its end.
  static Reply reply(InputStream in) throws IOException {
    int status = Integer.parseInt(line(in).substring(9, 12));
    int retryAfter = 0;
    long length = -1;
    boolean chunked = false;
    for (var header = line(in); !header.isEmpty(); header = line(in)) {
      var lower = header.toLowerCase(java.util.Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Long.parseLong(lower.substring(15).trim());
      } else if (lower.startsWith("transfer-encoding:")) {
        chunked = lower.contains("chunked");
      } else if (lower.startsWith("retry-after:")) {
        retryAfter = Integer.parseInt(lower.substring(12).trim());
      }
    }
    if (chunked) {
      for (long size = chunk(in); size > 0; size = chunk(in)) {
        in.skipNBytes(size + 2);
      }
      line(in);
    } else if (length > 0) {
      in.skipNBytes(length);
    }
    return new Reply(status, retryAfter);
  }

  private static long chunk(InputStream in) throws IOException {
    return Long.parseLong(line(in), 16);
  }

  private static String line(InputStream in) throws IOException {
    var text = new StringBuilder(64);
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

  /// User and system time of the server, in ticks of 10 ms (proc(5)).
  long cpuTicks() throws IOException {
    return ticks(Files.readString(Path.of("/proc/" + serverPid + "/stat")));
  }

  private static long ticks(String stat) {
    var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
  }

  /// The bytes of a request without a body.
  public static byte[] get(String path) {
    return ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  /// The bytes of a request without a body, by who has a token.
  static byte[] get(String path, String token) {
    var head = "GET %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n\r\n";
    return head.formatted(path, token).getBytes(StandardCharsets.US_ASCII);
  }

  /// The bytes of a request with a JSON body.
  public static byte[] post(String path, String key, String json) {
    return post(path, Map.of("Authorization", "Bearer " + key), json);
  }

  /// The bytes of a request with header fields and a JSON body.
  static byte[] post(String path, Map<String, String> fields, String json) {
    var body = json.getBytes(StandardCharsets.UTF_8);
    var head = new StringBuilder("POST " + path + " HTTP/1.1\r\nHost: localhost\r\n");
    fields.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
    head.append("Content-Type: application/json\r\nContent-Length: " + body.length + "\r\n\r\n");
    var bytes = head.toString().getBytes(StandardCharsets.US_ASCII);
    var all = Arrays.copyOf(bytes, bytes.length + body.length);
    System.arraycopy(body, 0, all, bytes.length, body.length);
    return all;
  }
}
