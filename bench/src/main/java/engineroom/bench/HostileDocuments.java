package engineroom.bench;

import com.sun.management.ThreadMXBean;
import engineroom.http.Handler;
import engineroom.http.Request;
import engineroom.http.Response;
import engineroom.json.SchemaCheck;
import engineroom.modelfile.ModelReader;
import engineroom.modelfile.ModelReader.Reading;
import engineroom.operation.Call;
import engineroom.operation.Caller;
import engineroom.server.Wiring;
import engineroom.store.MemoryStore;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What it costs to refuse a document that was made to hurt: processor time of the thread that
/// handles it, and what it allocates, in a process of its own for each document. Cold is the first
/// time in a program that has answered one harmless document, warm is after two thousand.
public final class HostileDocuments {
  private static final int TIMES = 2_000;
  private static final int WARM = 200;
  private static final String ROW = "%-30s %10s %10s %10s %12s%n";

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final Handler doors;

  private HostileDocuments(Path app) {
    if (!(ModelReader.read(app, Map.of(), new SchemaCheck()) instanceof Reading.Good good)) {
      throw new IllegalStateException("the model of " + app + " is not good");
    }
    var wiring = new Wiring(Wiring.Keys.of(new byte[32]));
    doors = wiring.doors(wiring.engine(new MemoryStore(good.model())), good.settings());
  }

  /// Measures all of them, one process after the other.
  static void run(Path app) throws IOException, InterruptedException {
    System.out.printf(ROW, "refused", "cold ms", "warm ms", "most ms", "warm kB");
    for (var name : HostileRequests.documents().keySet()) {
      var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
      var path = System.getProperty("java.class.path");
      var command =
          List.of(java, "-XX:+UseSerialGC", "-cp", path, HostileDocuments.class.getName());
      var process =
          new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.INHERIT)
              .redirectError(new File("/dev/null"));
      process.environment().put("HOSTILE_APP", app.toString());
      process.environment().put("HOSTILE_NAME", name);
      var status = process.start().waitFor();
      if (status != 0) {
        throw new IllegalStateException("measuring \"" + name + "\" ended with " + status);
      }
    }
  }

  /// Measures one of them; which one, and the folder of the app, the environment says.
  public static void main(String... arguments) {
    var measured = new HostileDocuments(Path.of(System.getenv("HOSTILE_APP")));
    measured.measure(System.getenv("HOSTILE_NAME"));
  }

  private void measure(String name) {
    var document = HostileRequests.documents().get(name);
    if (document == null) {
      throw new IllegalArgumentException("there is no document called " + name);
    }
    answered("{ requestId }", 200);
    double cold = millis(document);
    for (int i = 0; i < TIMES; i++) {
      answered(document, 400);
    }
    long before = threads.getCurrentThreadAllocatedBytes();
    var warm = new double[WARM];
    for (int i = 0; i < WARM; i++) {
      warm[i] = millis(document);
    }
    long bytes = threads.getCurrentThreadAllocatedBytes() - before;
    Arrays.sort(warm);
    System.out.printf(
        ROW,
        name,
        "%.2f".formatted(cold),
        "%.3f".formatted(warm[WARM / 2]),
        "%.3f".formatted(warm[WARM - 1]),
        bytes / 1_000 / WARM);
  }

  private double millis(String document) {
    long before = threads.getCurrentThreadCpuTime();
    answered(document, 400);
    return (threads.getCurrentThreadCpuTime() - before) / 1e6;
  }

  private void answered(String document, int status) {
    var call =
        new Call(Caller.Guest.GUEST, Instant.now(), "POST", "", "hostile", Duration.ofMinutes(1));
    var fields =
        Map.of(
            "Content-Type", "application/json",
            "Accept", "application/graphql-response+json");
    var body = HostileRequests.body(document).getBytes(StandardCharsets.UTF_8);
    Request.Headers headers = name -> Optional.ofNullable(fields.get(name));
    Response answer = doors.handle(new Request("POST", "/graphql", "", headers, body, call));
    if (answer.status() != status) {
      throw new IllegalStateException("was answered " + answer.status());
    }
  }
}
