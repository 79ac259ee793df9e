package engineroom.transfer;

import static engineroom.problem.ProblemException.problem;

import engineroom.Runner;
import engineroom.data.Value;
import engineroom.operation.Call;
import engineroom.operation.Operation.Find;
import engineroom.operation.Query.Page;
import engineroom.outcome.Outcome.Listed;
import engineroom.problem.StoreProblem.Unavailable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// Gives every row that a question finds, from one consistent state, some hundred at a time.
public final class Exporter {
  /// How long an export may take.
  public static final Duration TIME = Duration.ofMinutes(10);

  private static final int ROWS_AT_ONCE = 500;

  private final Runner runner;

  public Exporter(Runner runner) {
    this.runner = runner;
  }

  /// Takes rows as they come.
  public interface Rows {
    /// UTF-8 bytes of JSON objects.
    void take(List<byte[]> rows) throws IOException;
  }

  /// Refuses what the caller may not ask, before the first byte of an answer is sent.
  public void check(Find find, Call call) {
    runner.run(new Find(find.query(), Page.first(1), find.arguments()), call);
  }

  /// Hands over all rows, in the order of the question.
  public void run(Find find, Call call, Rows rows) {
    var begun = new AtomicBoolean();
    var longer = call.within(TIME);
    runner.still(
        longer,
        reader -> {
          if (begun.getAndSet(true)) {
            throw problem(new Unavailable("The export was interrupted.", "Try again."));
          }
          walk(reader, find, longer, rows);
          return begun;
        });
  }

  private static void walk(Runner reader, Find find, Call call, Rows rows) {
    @Nullable List<Value> after = null;
    do {
      var page = new Page(ROWS_AT_ONCE, 0, after);
      if (!(reader.run(new Find(find.query(), page, find.arguments()), call)
          instanceof Listed(var some, var next, _))) {
        throw new IllegalStateException("a question for rows gives rows");
      }
      try {
        rows.take(some);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      after = next;
    } while (after != null);
  }
}
