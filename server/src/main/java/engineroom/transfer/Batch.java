package engineroom.transfer;

import static engineroom.problem.ProblemException.problem;

import engineroom.Runner.Session;
import engineroom.data.Value;
import engineroom.operation.Call;
import engineroom.operation.Input;
import engineroom.operation.Operation;
import engineroom.operation.Selection;
import engineroom.outcome.Change;
import engineroom.outcome.Outcome.Written;
import engineroom.problem.OperationProblem.NotValid;
import engineroom.problem.ProblemException;
import engineroom.problem.Violation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/// Writes lines within a transaction, some at a time: all of them as one operation where they are
/// good, else one by one, so that each refusal costs its own line only.
final class Batch {
  /// Lines that are one operation.
  private static final int LINES = 128;

  private final ImportPlan plan;
  private final RowInputs inputs;
  private final SeenKeys seen;
  private final Session session;
  private final Call call;

  Batch(ImportPlan plan, RowInputs inputs, SeenKeys seen, Session session, Call call) {
    this.plan = plan;
    this.inputs = inputs;
    this.seen = seen;
    this.session = session;
    this.call = call;
  }

  /// What came of it.
  ///
  /// @param refused lines with why, in their order
  record Done(Tally tally, List<Refused> refused) {
    static Done of(Tally tally) {
      return new Done(tally, List.of());
    }
  }

  record Refused(Line line, Refusal why) {}

  private record Key(List<Value> values, long line) {}

  /// Writes lines of which none is expected to be refused.
  ///
  /// @throws ProblemException where one is; the transaction must end then
  Tally writeGood(List<Line> lines) {
    var tally = Tally.NONE;
    for (int from = 0; from < lines.size(); from += LINES) {
      tally = tally.and(all(session, lines.subList(from, Math.min(from + LINES, lines.size()))));
    }
    return tally;
  }

  Done write(List<Line> lines) {
    var tally = Tally.NONE;
    var refused = new ArrayList<Refused>();
    for (int from = 0; from < lines.size(); from += LINES) {
      var done = some(lines.subList(from, Math.min(from + LINES, lines.size())));
      tally = tally.and(done.tally());
      refused.addAll(done.refused());
    }
    return new Done(tally, refused);
  }

  private Done some(List<Line> lines) {
    try {
      return Done.of(session.together(inner -> all(inner, lines)));
    } catch (ProblemException e) {
      if (!e.problem().ofOneRow()) {
        throw e;
      }
      return oneByOne(lines);
    }
  }

  private Done oneByOne(List<Line> lines) {
    var refused = new ArrayList<Refused>();
    var tally = Tally.NONE;
    for (var line : lines) {
      try {
        tally = tally.and(session.together(inner -> all(inner, List.of(line))));
      } catch (ProblemException e) {
        if (!e.problem().ofOneRow()) {
          throw e;
        }
        var why = Refusal.of(line.number(), e.problem(), plan.layout().mapping());
        refused.add(new Refused(line, why));
      }
    }
    return new Done(tally.refusing(refused.size()), refused);
  }

  private Tally all(Session inner, List<Line> lines) {
    var rows = new ArrayList<Input>(lines.size());
    var keys = new ArrayList<Key>();
    for (var line : lines) {
      var mistake = inputs.mistake(line);
      if (mistake != null) {
        throw problem(new NotValid(List.of(new Violation("", "line", mistake))));
      }
      var input = inputs.read(line, "");
      var key = inputs.key(input);
      if (!key.isEmpty()) {
        refuseTwice(key, line.number());
        keys.add(new Key(key, line.number()));
      }
      rows.add(input);
    }
    var outcome = inner.run(operation(plan, rows), call);
    if (outcome instanceof Written written) {
      keys.forEach(key -> seen.add(key.values(), key.line()));
      return tally(written);
    }
    throw new IllegalStateException("an import gives no " + outcome);
  }

  private void refuseTwice(List<Value> key, long line) {
    long other = seen.line(key);
    if (other != 0 && other != line) {
      var field = String.join(" and ", plan.by());
      throw problem(
          new NotValid(
              List.of(new Violation(field, "twice", "is that of line " + other + " already"))));
    }
  }

  static Operation operation(ImportPlan plan, List<Input> rows) {
    var entity = plan.entity().name();
    return plan.by().isEmpty()
        ? new Operation.Create(entity, rows, Selection.NOTHING)
        : new Operation.Upsert(entity, plan.by(), rows, plan.onConflict(), Selection.NOTHING);
  }

  private Tally tally(Written written) {
    var touched = new HashSet<Value>();
    long first = 0;
    long last = 0;
    for (var change : written.changes()) {
      if (change.kind() == Change.Kind.CHANGED && change.entity().equals(plan.entity().name())) {
        touched.add(change.id());
      }
      if (change.sequence() > 0) {
        first = first == 0 ? change.sequence() : first;
        last = change.sequence();
      }
    }
    long created = written.rows().stream().filter(Written.Row::created).count();
    long changed =
        written.rows().stream().filter(r -> !r.created() && touched.contains(r.id())).count();
    return new Tally(
        created,
        changed,
        written.rows().size() - created - changed,
        0,
        first,
        last,
        written.changes().stream().filter(c -> c.sequence() > 0).count());
  }
}
