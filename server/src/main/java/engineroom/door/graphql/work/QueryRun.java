package engineroom.door.graphql.work;

import static engineroom.problem.ProblemException.problem;

import engineroom.Runner;
import engineroom.door.graphql.answer.AnswerBytes;
import engineroom.door.graphql.compiled.RootField;
import engineroom.door.graphql.schema.Root;
import engineroom.door.graphql.work.Question.Asking;
import engineroom.http.OperationName;
import engineroom.json.Json;
import engineroom.json.JsonWriter;
import engineroom.problem.ProblemException;
import engineroom.problem.StoreProblem.OutOfTime;
import java.util.List;
import java.util.function.BooleanSupplier;

/// Answers a query: a root field that fails is null, and the others answer.
final class QueryRun {
  private final Asking asking;
  private final Runner runner;
  private final Execution.Introspector introspector;
  private final long began = System.nanoTime();
  private final AnswerBytes out = new AnswerBytes();
  private final Faults faults;

  QueryRun(Asking asking, Execution.Introspector introspector, Runner runner) {
    this.asking = asking;
    this.runner = runner;
    this.introspector = introspector;
    this.faults = new Faults(asking.call().requestId());
  }

  byte[] answer(List<RootField> roots) {
    out.text("{\"data\":{");
    for (int i = 0; i < roots.size(); i++) {
      Execution.begin(roots.get(i), i, out);
      write(roots.get(i));
    }
    out.write('}');
    return Execution.finished(out, faults);
  }

  private void write(RootField root) {
    switch (root) {
      case RootField.TypeName(_, var type) -> out.text('"' + type + '"');
      case RootField.RequestId _ -> out.writeBytes(JsonWriter.write(requestId()));
      case RootField.Introspection schema -> out.writeBytes(introspector.value(schema));
      case RootField.Rows field ->
          guarded(root, field.root(), () -> new RowReads(left(), runner).write(field, out));
      case RootField.Paged field ->
          guarded(root, field.root(), () -> new PageReads(left(), runner).write(field, out));
      case RootField.Totals field ->
          guarded(root, field.root(), () -> new TotalsReads(left(), runner).write(field, out));
      case RootField.Counted _ -> throw new IllegalStateException("a query counts no writes");
    }
  }

  private Json requestId() {
    return new Json.Text(asking.call().requestId());
  }

  /// The same request with what is left of its time: all its root fields share it.
  private Asking left() {
    var limit = asking.call().timeLimit();
    var left = limit.minusNanos(System.nanoTime() - began);
    if (left.isNegative() || left.isZero()) {
      throw problem(new OutOfTime(limit.toSeconds()));
    }
    return new Asking(asking.tools(), asking.call().within(left), asking.variables());
  }

  private void guarded(RootField field, Root root, BooleanSupplier writing) {
    OperationName.tell(root.entity(), root.verb());
    int mark = out.size();
    try {
      if (!writing.getAsBoolean()) {
        out.settle();
        nothing(mark);
      }
    } catch (ProblemException e) {
      nothing(mark);
      faults.add(field.asked(), e.problem());
    }
    out.takeHoles().forEach(hole -> faults.hole(field.asked(), hole));
  }

  private void nothing(int mark) {
    out.shorten(mark);
    out.text("null");
  }
}
