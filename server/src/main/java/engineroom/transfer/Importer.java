package engineroom.transfer;

import static engineroom.problem.ProblemException.problem;

import engineroom.Runner;
import engineroom.data.Ids;
import engineroom.model.Model;
import engineroom.operation.Call;
import engineroom.problem.OperationProblem.TooMuch;
import engineroom.problem.RequestProblem.Unreadable;
import engineroom.transfer.ImportPlan.Mode;
import engineroom.transfer.ImportPlan.Sight;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Imports files. The form of a file is looked through before anything is written, so that one that
/// ends within quotes changes nothing; then its lines go in, as many to a transaction as others
/// leave time for, or all in one.
public final class Importer {
  /// Lines of an import that is one transaction, and of a trial that sees all of its own rows.
  public static final int TOGETHER_MAX = 100_000;

  /// Hears how far an import is, where somebody wants to know.
  public static final ScopedValue<Progress> PROGRESS = ScopedValue.newInstance();

  private final Model model;
  private final Runner runner;
  private final Ids ids;

  public Importer(Model model, Runner runner, Ids ids) {
    this.model = model;
    this.runner = runner;
    this.ids = ids;
  }

  /// So many lines of a file are done.
  public interface Progress {
    void done(long lines, long linesInAll);
  }

  /// A file to import, and what its caller may name.
  public record Job(ImportPlan plan, Sight sight, Path file) {}

  /// Imports a file.
  ///
  /// @param refused takes the refused lines
  public Finished run(Job job, OutputStream refused, Call call) {
    var plan = job.plan();
    try {
      runner.run(Batch.operation(plan, List.of()), call);
      long lines = checked(job);
      if (plan.mode() == Mode.ATOMIC && lines > TOGETHER_MAX) {
        throw problem(tooMany(lines));
      }
      return run(job, refused, call, lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (BadFile e) {
      throw problem(
          new Unreadable(
              "Line " + e.line() + " of the file " + e.text() + ".",
              "Nothing was imported. Mend the file and send it again."));
    }
  }

  private static TooMuch tooMany(long lines) {
    return new TooMuch(
        "import",
        "The file has "
            + lines
            + " lines, and "
            + TOGETHER_MAX
            + " at most are imported all or none. Leave out atomic, or part the file.");
  }

  private Finished run(Job job, OutputStream refused, Call call, long lines) throws IOException {
    var plan = job.plan();
    var id = ids.next().toString();
    var begun =
        new Imported(
            id,
            plan.entity().name(),
            plan.file(),
            ImportLog.name(call.caller()),
            call.time(),
            Tally.NONE,
            null);
    var parts = new ImportRun.Parts(model, plan, job.sight(), call.as(begun.requestId()), lines);
    try (var in = Files.newInputStream(job.file())) {
      var run = new ImportRun(parts, begun, lines(plan, in), refused);
      return switch (plan.mode()) {
        case LINES -> run.byLines(runner);
        case ATOMIC -> run.atOnce(runner);
        case TRIAL -> run.tried(runner);
      };
    }
  }

  /// Reads the file to its end; says how many lines it has.
  private long checked(Job job) throws IOException {
    var plan = job.plan();
    try (var in = Files.newInputStream(job.file())) {
      var lines = lines(plan, in);
      if (!lines.header().isEmpty()) {
        new Columns(model, plan, job.sight()).read(lines.header());
      }
      long count = 0;
      while (lines.next() != null) {
        count++;
      }
      return count;
    }
  }

  static Lines lines(ImportPlan plan, InputStream in) throws IOException {
    var layout = plan.layout();
    return switch (layout.format()) {
      case CSV -> new CsvLines(in, layout.delimiter());
      case NDJSON, JSON -> new JsonRows(in, layout.format());
    };
  }

  /// The imports that the caller may know of, the latest first.
  public List<Imported> list(Call call) {
    return runner.together(session -> ImportLog.all(session, call));
  }
}
