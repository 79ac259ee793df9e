package engineroom.transfer;

import static engineroom.problem.ProblemException.problem;

import engineroom.Runner;
import engineroom.data.Value;
import engineroom.operation.Call;
import engineroom.operation.Operation;
import engineroom.operation.Operation.Find;
import engineroom.operation.Query.Page;
import engineroom.outcome.Outcome.Listed;
import engineroom.problem.StoreProblem.Unavailable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
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

  /// What is asked for.
  ///
  /// @param moment as of which rows are read; null for rows as they are
  public record Question(Find find, @Nullable Instant moment) {
    Operation page(Page page) {
      var some = new Find(find.query(), page, find.arguments());
      return moment == null ? some : new Operation.AsOf(some, moment);
    }
  }

  /// Refuses what the caller may not ask, before the first byte of an answer is sent.
  public void check(Question question, Call call) {
    runner.run(question.page(Page.first(1)), call);
  }

  /// Hands over all rows, in the order of the question.
  public void run(Question question, Call call, Rows rows) {
    var begun = new AtomicBoolean();
    var longer = call.within(TIME);
    runner.still(
        longer,
        reader -> {
          if (begun.getAndSet(true)) {
            throw problem(new Unavailable("The export was interrupted.", "Try again."));
          }
          walk(reader, question, longer, rows);
          return begun;
        });
  }

  private static void walk(Runner reader, Question question, Call call, Rows rows) {
    @Nullable List<Value> after = null;
    do {
      var page = new Page(ROWS_AT_ONCE, 0, after);
      if (!(reader.run(question.page(page), call) instanceof Listed(var some, var next, _))) {
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
