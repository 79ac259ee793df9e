package engineroom.door.graphql.work;

import engineroom.Runner;
import engineroom.door.graphql.answer.AnswerBytes;
import engineroom.door.graphql.compiled.RootField;
import engineroom.door.graphql.schema.Root;
import engineroom.door.graphql.work.Question.Asking;
import engineroom.http.OperationName;
import engineroom.problem.ProblemException;
import java.util.List;

/// Answers mutations: one transaction, in which they are done in their order; where one fails
/// nothing of the others is kept.
final class MutationRun {
  private final Asking asking;
  private final List<RootField> roots;
  private int at;

  MutationRun(Asking asking, List<RootField> roots) {
    this.asking = asking;
    this.roots = roots;
  }

  byte[] answer(Runner runner) {
    var faults = new Faults(asking.call().requestId());
    try {
      return runner.together(this::written);
    } catch (ProblemException e) {
      faults.add(roots.get(at).asked(), e.problem());
    } catch (Conflicting e) {
      faults.conflict(roots.get(at).asked(), e);
    }
    var out = new AnswerBytes();
    out.text(Execution.NOTHING);
    return Execution.finished(out, faults);
  }

  private byte[] written(Runner session) {
    var out = new AnswerBytes();
    var writes = new RowWrites(asking, session);
    out.text("{\"data\":{");
    for (at = 0; at < roots.size(); at++) {
      Execution.begin(roots.get(at), at, out);
      write(roots.get(at), writes, out);
    }
    at = Math.max(0, roots.size() - 1); // what fails behind the last of them is told of it
    out.text("}}");
    return out.toByteArray();
  }

  private static void write(RootField root, RowWrites writes, AnswerBytes out) {
    switch (root) {
      case RootField.TypeName(_, var type) -> out.text('"' + type + '"');
      case RootField.Rows rows when rows.root() instanceof Root.Write(var entity, var what) -> {
        OperationName.tell(entity, what.verb());
        writes.write(rows, what, out);
      }
      case RootField.Counted counted -> {
        OperationName.tell(counted.root().entity(), counted.root().verb());
        writes.write(counted, out);
      }
      case RootField.Rows _,
          RootField.Paged _,
          RootField.Totals _,
          RootField.RequestId _,
          RootField.Introspection _ ->
          throw new IllegalStateException("a mutation reads nothing at its root");
    }
  }
}
