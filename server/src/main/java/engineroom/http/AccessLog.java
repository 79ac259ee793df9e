package engineroom.http;

import engineroom.data.JsonText;
import engineroom.operation.Caller;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// Writes one line for each request, on a thread of its own. A slow disk or terminal never slows an
/// answer: the queue is bounded, and lines beyond it are counted and left out.
final class AccessLog implements AutoCloseable {
  private static final Logger LOGGER = System.getLogger("engineroom.access");
  private static final int LINES_MAX = 8192;
  private static final int LINES_AT_ONCE = 256;
  private static final long PAUSE_MILLIS = 50;

  private final ArrayBlockingQueue<Line> queue = new ArrayBlockingQueue<>(LINES_MAX);
  private final LongAdder dropped = new LongAdder();
  private final FileOutputStream out = new FileOutputStream(FileDescriptor.err);
  private final Thread writer;
  private long second = -1;
  private String secondText = "";
  private volatile boolean closed;

  AccessLog() {
    writer = Thread.ofPlatform().name("access-log").daemon().start(this::drain);
  }

  /// One request and what came of it. Never a query, a body or a credential.
  ///
  /// @param time of its end, in milliseconds since 1970
  /// @param problem the code of the one that was told; empty for none
  record Line(
      long time,
      String method,
      String path,
      OperationName operation,
      int status,
      String problem,
      long micros,
      Caller caller,
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
    var lines = new ArrayList<Line>();
    while (!closed) {
      try {
        Thread.sleep(PAUSE_MILLIS); // no request wakes this thread; it looks by itself
      } catch (InterruptedException _) {
        break; // close() asks for the end
      }
      write(lines);
    }
    write(lines);
  }

  /// Writes what waits in as few pieces as possible.
  private void write(List<Line> lines) {
    var text = new StringBuilder();
    while (queue.drainTo(lines, LINES_AT_ONCE) > 0) {
      lines.forEach(line -> write(line, text));
      lines.clear();
      print(text);
    }
    var lost = dropped.sumThenReset();
    if (lost > 0) {
      LOGGER.log(Level.WARNING, "dropped=" + lost + " hint=\"the log can't keep up\"");
    }
  }

  private void write(Line line, StringBuilder text) {
    var bug = line.bug();
    if (bug != null) {
      print(text);
      LOGGER.log(Level.ERROR, json(line, new StringBuilder()).toString(), bug);
    } else if (LOGGER.isLoggable(Level.INFO)) {
      text.append(second(line.time())).append('.');
      padded(text, line.time() % 1000);
      json(line, text.append("+0000 INFO engineroom.access ")).append('\n');
    }
  }

  /// Straight to standard error: the logging library would spend more on a line than the program on
  /// the request.
  private void print(StringBuilder text) {
    try {
      out.write(text.toString().getBytes(StandardCharsets.UTF_8));
    } catch (IOException _) {
      dropped.increment();
    }
    text.setLength(0);
  }

  /// The second of a moment; the one before it is mostly the same.
  private String second(long millis) {
    if (millis / 1000 != second) {
      second = millis / 1000;
      secondText = Instant.ofEpochSecond(second).toString().replace("Z", "");
    }
    return secondText;
  }

  static StringBuilder json(Line line, StringBuilder text) {
    JsonText.quote(text.append("{\"method\":"), line.method());
    JsonText.quote(text.append(",\"path\":"), Masked.path(line.path()));
    var operation = line.operation().text();
    if (!operation.isEmpty()) {
      JsonText.quote(text.append(",\"operation\":"), operation);
    }
    text.append(",\"status\":").append(line.status());
    if (!line.problem().isEmpty()) {
      JsonText.quote(text.append(",\"problem\":"), line.problem());
    }
    text.append(",\"ms\":").append(line.micros() / 1000).append('.');
    padded(text, line.micros() % 1000);
    caller(line.caller(), text);
    JsonText.quote(text.append(",\"address\":"), line.address());
    JsonText.quote(text.append(",\"requestId\":"), line.requestId());
    return text.append('}');
  }

  /// Names nobody for guests, who are most.
  private static void caller(Caller caller, StringBuilder text) {
    switch (caller) {
      case Caller.Guest _ -> {}
      case Caller.Administrator _ -> text.append(",\"caller\":\"administrator\"");
      case Caller.Program _ -> text.append(",\"caller\":\"program\"");
      case Caller.User user -> text.append(",\"caller\":").append(JsonText.of(user.id()));
    }
  }

  private static void padded(StringBuilder text, long below1000) {
    text.append(below1000 < 100 ? "0" : "").append(below1000 < 10 ? "0" : "").append(below1000);
  }
}
