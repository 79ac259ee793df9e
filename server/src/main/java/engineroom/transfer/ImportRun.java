package engineroom.transfer;

import static engineroom.problem.ProblemException.problem;

import engineroom.Runner;
import engineroom.Runner.Session;
import engineroom.model.Model;
import engineroom.operation.Call;
import engineroom.problem.OperationProblem.NotValid;
import engineroom.problem.ProblemException;
import engineroom.problem.StoreProblem.Unavailable;
import engineroom.problem.Violation;
import engineroom.rows.RowFinder;
import engineroom.transfer.ImportPlan.Sight;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One import at work on the lines of one file.
final class ImportRun {
  /// Lines that are read and written in one go, after which another writer gets its turn.
  private static final int LINES = 512;

  /// Of those lines, so that long ones don't fill the memory.
  private static final int CHARACTERS = 2 << 20;

  /// Goes that share a transaction while nobody else waits to write: each transaction writes all
  /// the pages that it touched.
  private static final int GOES_TOGETHER = 200;

  /// Characters of their lines, which stay at hand.
  private static final int CHARACTERS_TOGETHER = 8 << 20;

  /// Refused lines that an answer tells of.
  static final int ERRORS_MAX = 100;

  private final Parts parts;
  private final Lines lines;
  private final Columns.@Nullable Read columns;
  private final Remembered known = new Remembered();
  private final SeenKeys seen = new SeenKeys();
  private final RefusedLines refused;
  private final List<Refusal> errors = new ArrayList<>();

  /// Kept here, since a store may work in a thread of its own.
  private final Importer.Progress progress = Importer.PROGRESS.orElse((_, _) -> {});

  private Imported imported;
  private long done;
  private long begunAt;

  /// Why the lines behind those at hand can't be read.
  private @Nullable RuntimeException broken;

  /// What an import is made of.
  ///
  /// @param call with the import's own request id
  /// @param linesInAll of the file, for the progress
  record Parts(Model model, ImportPlan plan, Sight sight, Call call, long linesInAll) {}

  ImportRun(Parts parts, Imported begun, Lines lines, OutputStream out) throws IOException {
    this.parts = parts;
    this.imported = begun;
    this.lines = lines;
    this.refused = new RefusedLines(out);
    if (lines instanceof CsvLines csv) {
      columns = new Columns(parts.model(), parts.plan(), parts.sight()).read(csv.header());
      refused.header(csv.header(), csv.delimiter());
    } else {
      columns = null;
    }
  }

  /// Keeps every line that is good.
  Finished byLines(Runner runner) throws IOException {
    for (var some = next(); !some.isEmpty(); some = next()) {
      take(kept(runner, some));
    }
    return finished(imported.tally().written() > 0 ? imported.id() : null);
  }

  /// Writes some lines, and those after them while nobody waits. Those that were read stay at hand,
  /// so that the transaction can begin again.
  private Batch.Done kept(Runner runner, List<Line> first) {
    var read = new ArrayList<ShelvedLines>();
    try {
      return runner.together(
          session ->
              remembered(session, Batch.Done.of(good(batch(session), session, first, read))));
    } catch (ProblemException e) {
      if (!e.problem().ofOneRow()) {
        throw e;
      }
      var all = read.stream().map(ShelvedLines::lines).flatMap(List::stream).toList();
      return runner.together(session -> remembered(session, batch(session).write(all)));
    }
  }

  /// Writes lines, and those after them, while what was written before is carried out.
  ///
  /// @param first the lines to begin with
  /// @param read takes lines before they are written; those of it that are there come first
  private Tally good(Batch batch, Session session, List<Line> first, List<ShelvedLines> read) {
    return session.gathering(() -> goodWhileNobodyWaits(batch, session, first, read));
  }

  private Tally goodWhileNobodyWaits(
      Batch batch, Session session, List<Line> first, List<ShelvedLines> read) {
    var tally = Tally.NONE;
    for (var again : read) {
      tally = tally.and(batch.writeGood(again.lines()));
    }
    var lines = read.isEmpty() ? first : ahead(session, read);
    while (!lines.isEmpty()) {
      read.add(ShelvedLines.of(lines));
      tally = tally.and(batch.writeGood(lines));
      lines = ahead(session, read);
      if (!lines.isEmpty()) {
        progress.done(done + tally.lines(), parts.linesInAll());
      }
    }
    return tally;
  }

  private List<Line> ahead(Session session, List<ShelvedLines> read) {
    boolean room =
        read.size() < GOES_TOGETHER
            && read.stream().mapToLong(ShelvedLines::length).sum() < CHARACTERS_TOGETHER;
    return room && !session.awaited() ? ahead() : List.of();
  }

  /// The next lines; none where they can't be read, which is told once those before are kept.
  private List<Line> ahead() {
    try {
      return next();
    } catch (IOException e) {
      broken = new UncheckedIOException(e);
    } catch (BadFile e) {
      broken = e;
    }
    return List.of();
  }

  private Batch.Done remembered(Session session, Batch.Done result) {
    var with = imported.with(result.tally());
    if (with.tally().written() > 0) {
      if (imported.tally().written() == 0) {
        ImportLog.list(session, with, parts.call());
      }
      ImportLog.keep(session, with, parts.call());
    }
    return result;
  }

  /// Keeps all lines, or none where one of them is refused.
  Finished atOnce(Runner runner) throws IOException {
    return runner.together(
        session -> {
          all(session, Long.MAX_VALUE);
          if (!errors.isEmpty()) {
            throw problem(new NotValid(errors.stream().map(ImportRun::violation).toList()));
          }
          ImportLog.list(session, imported, parts.call());
          ImportLog.keep(session, imported, parts.call());
          return finished(imported.tally().written() > 0 ? imported.id() : null);
        });
  }

  private static Violation violation(Refusal refusal) {
    var column = refusal.column().isEmpty() ? "" : ", column " + refusal.column();
    return new Violation("line " + refusal.line() + column, "refused", refusal.problem());
  }

  /// Keeps nothing. Lines see those before them, of the last hundred thousand at least.
  Finished tried(Runner runner) {
    while (triedSome(runner)) {
      begunAt = done;
    }
    return finished(null);
  }

  private boolean triedSome(Runner runner) {
    try {
      return runner.together(
          session -> {
            throw new Undone(all(session, Importer.TOGETHER_MAX));
          });
    } catch (Undone undone) {
      return undone.more;
    }
  }

  /// Takes the effect of a trial back.
  private static final class Undone extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final boolean more;

    Undone(boolean more) {
      super("only tried", null, false, false);
      this.more = more;
    }
  }

  /// Writes so many lines within one transaction; says whether there are more. A store that begins
  /// again because its disk failed would find the lines gone.
  private boolean all(Session session, long max) {
    long end = done + max;
    if (done != begunAt) {
      throw problem(new Unavailable("The store began the import again.", "Send the file again."));
    }
    try {
      while (done < end) {
        var chunk = next();
        if (chunk.isEmpty()) {
          return false;
        }
        take(batch(session).write(chunk));
      }
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Batch batch(Session session) {
    var call = parts.call();
    known.through(new RowFinder(parts.model(), session, call));
    var inputs = new RowInputs(parts.model(), parts.plan(), parts.sight(), known, columns);
    return new Batch(parts.plan(), inputs, seen, session, call);
  }

  private List<Line> next() throws IOException {
    if (broken != null) {
      throw broken;
    }
    var some = new ArrayList<Line>();
    int characters = 0;
    while (some.size() < LINES && characters < CHARACTERS) {
      var line = lines.next();
      if (line == null) {
        break;
      }
      some.add(line);
      characters += line.length();
    }
    return some;
  }

  private void take(Batch.Done result) throws IOException {
    for (var line : result.refused()) {
      refused.write(line.line(), line.why());
      if (errors.size() < ERRORS_MAX) {
        errors.add(line.why());
      }
    }
    imported = imported.with(result.tally());
    done += result.tally().lines();
    progress.done(done, parts.linesInAll());
  }

  private Finished finished(@Nullable String id) {
    return new Finished(id, imported.tally(), errors);
  }
}
