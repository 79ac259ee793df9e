package engineroom.transfer;

import static engineroom.problem.ProblemException.problem;

import engineroom.Runner;
import engineroom.Runner.Session;
import engineroom.model.Model;
import engineroom.operation.Call;
import engineroom.outcome.Change;
import engineroom.problem.AuthorizeProblem.NotFound;
import engineroom.problem.OperationProblem.TooMuch;
import engineroom.problem.RequestProblem.BadParameter;
import java.util.List;

/// Undoes an import as one unit, from the change log backwards and with the rights of whoever asks:
/// rows that it created go, rows that it changed get their former values. Refused as a whole where
/// somebody else has changed one of them since.
public final class Undo {
  /// Changes that are undone in one transaction.
  static final long CHANGES_MAX = 1_000_000;

  private static final int PAGE = 500;

  private final Model model;
  private final Runner runner;
  private final Changes changes;

  /// The change log.
  public interface Changes {
    /// Those after a number, in order.
    ///
    /// @param limit at most so many
    List<Change> after(long sequence, int limit);
  }

  public Undo(Model model, Runner runner, Changes changes) {
    this.model = model;
    this.runner = runner;
    this.changes = changes;
  }

  /// Undoes the import with this id; gives what was undone.
  public Imported run(String id, Call call) {
    return runner.together(session -> run(session, id, call));
  }

  private Imported run(Session session, String id, Call call) {
    var imported =
        ImportLog.find(session, id, call)
            .filter(found -> ImportLog.concerns(found, call.caller()))
            .orElseThrow(() -> problem(new NotFound("import")));
    refuse(imported);
    var rows = new UndoneRows(model, session, imported, call.as("undo/" + id));
    long undone = 0;
    var tally = imported.tally();
    for (long end = tally.last(); end >= tally.first() && end > 0; end -= PAGE) {
      long begin = Math.max(end - PAGE, tally.first() - 1);
      undone += page(begin, end, rows, imported);
    }
    rows.refuse();
    if (undone != tally.logged()) {
      throw refused(imported, "The change log no longer holds all of its changes.");
    }
    var after = imported.undoneAt(call.time());
    ImportLog.keep(session, after, call);
    return after;
  }

  private long page(long begin, long end, UndoneRows rows, Imported imported) {
    long undone = 0;
    for (var change : changes.after(begin, (int) (end - begin)).reversed()) {
      if (change.sequence() <= end && change.origin().requestId().equals(imported.requestId())) {
        rows.undo(change);
        undone++;
      }
    }
    return undone;
  }

  private void refuse(Imported imported) {
    if (imported.undone() != null) {
      throw refused(imported, "It was undone at " + imported.undone() + " already.");
    }
    var entity = model.findEntity(imported.entity());
    if (entity.isEmpty()) {
      throw refused(imported, "The model has no " + imported.entity() + " any more.");
    }
    if (!entity.get().notes().changes()) {
      throw refused(
          imported, imported.entity() + " keeps no changes, so nothing says what it was.");
    }
    if (imported.tally().logged() > CHANGES_MAX) {
      throw problem(
          new TooMuch(
              "undo",
              "The import made "
                  + imported.tally().logged()
                  + " changes, and "
                  + CHANGES_MAX
                  + " at most are undone at once."));
    }
  }

  private static RuntimeException refused(Imported imported, String why) {
    return problem(new BadParameter("The import of " + imported.file() + " can't be undone.", why));
  }
}
