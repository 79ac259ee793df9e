package engineroom.http;

import engineroom.json.JsonOut;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// Writes one line for each request, on a thread of its own. A slow disk or terminal never slows an
/// answer: the queue is bounded, and lines beyond it are counted and left out.
final class AccessLog implements AutoCloseable {
  private static final Logger LOGGER = System.getLogger("engineroom.access");
  private static final int LINES_MAX = 8192;

  private final ArrayBlockingQueue<Line> queue = new ArrayBlockingQueue<>(LINES_MAX);
  private final LongAdder dropped = new LongAdder();
  private final Thread writer;
  private volatile boolean closed;

  AccessLog() {
    writer = Thread.ofPlatform().name("access-log").daemon().start(this::drain);
  }

  /// One request and what came of it. Never a query, a body or a credential.
  record Line(
      String method,
      String path,
      int status,
      long micros,
      String address,
      String requestId,
      @Nullable Throwable bug) {}

  void add(Line line) {
    if (!queue.offer(line)) {
      dropped.increment();
    }
  }

  /// Writes what waits, then ends.
  @Override
  public void close() {
    closed = true;
    writer.interrupt();
    try {
      writer.join(1000);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void drain() {
    while (!closed) {
      try {
        write(queue.take());
      } catch (InterruptedException _) {
        break; // close() asks for the end
      }
    }
    for (var line = queue.poll(); line != null; line = queue.poll()) {
      write(line);
    }
  }

  private void write(Line line) {
    var bug = line.bug();
    if (bug != null) {
      LOGGER.log(Level.ERROR, text(line), bug);
    } else {
      LOGGER.log(Level.INFO, text(line));
    }
    var lost = dropped.sumThenReset();
    if (lost > 0) {
      LOGGER.log(Level.WARNING, "dropped=" + lost + " hint=\"the log can't keep up\"");
    }
  }

  private static String text(Line line) {
    var members = new LinkedHashMap<String, Object>();
    members.put("method", line.method());
    members.put("path", line.path());
    members.put("status", line.status());
    members.put("ms", line.micros() / 1000.0);
    members.put("address", line.address());
    members.put("requestId", line.requestId());
    return new String(JsonOut.bytes(members), StandardCharsets.UTF_8);
  }
}
