package engineroom.door.graphql.work;

import engineroom.Runner;
import engineroom.door.graphql.answer.AnswerBytes;
import engineroom.door.graphql.document.Prepared.Wanted;
import engineroom.door.graphql.schema.Root;
import engineroom.http.OperationName;
import engineroom.json.Json;
import engineroom.json.JsonOut;
import engineroom.json.JsonWriter;
import engineroom.operation.Call;
import engineroom.problem.Problem;
import engineroom.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Carries out the operation of one request, and writes its answer.
public final class Execution {
  private final Tools tools;
  private final Call call;
  private final Introspector introspector;

  /// Answers what is asked of the schema.
  public interface Introspector {
    /// The value of one root field as JSON.
    byte[] value(RootField.Introspection field);
  }

  public Execution(Tools tools, Call call, Introspector introspector) {
    this.tools = tools;
    this.call = call;
    this.introspector = introspector;
  }

  /// The answer to a query: a root field that fails is null, and the others answer.
  public byte[] query(Wanted wanted, List<RootField> roots, Runner runner) {
    var out = new AnswerBytes();
    var faults = new Faults(call.requestId());
    var reads = new RowReads(tools, call, wanted.variables());
    out.text("{\"data\":{");
    for (int i = 0; i < roots.size(); i++) {
      out.text((i > 0 ? "," : "") + '"' + roots.get(i).asked().key() + "\":");
      read(roots.get(i), reads, runner, out, faults);
    }
    out.write('}');
    return finished(out, faults);
  }

  private void read(
      RootField root, RowReads reads, Runner runner, AnswerBytes out, Faults faults) {
    switch (root) {
      case RootField.TypeName(_, var type) -> out.text('"' + type + '"');
      case RootField.RequestId _ ->
          out.writeBytes(JsonWriter.write(new Json.Text(call.requestId())));
      case RootField.Introspection schema -> out.writeBytes(introspector.value(schema));
      case RootField.Rows rows -> rows(rows, reads, runner, out, faults);
      case RootField.Counted _ -> throw new IllegalStateException("a query counts no writes");
    }
  }

  private void rows(
      RootField.Rows rows, RowReads reads, Runner runner, AnswerBytes out, Faults faults) {
    OperationName.tell(rows.root().entity(), rows.root().verb());
    int mark = out.size();
    try {
      if (!reads.write(rows, runner, out)) {
        out.settle();
        out.shorten(mark);
        out.text("null");
      }
    } catch (ProblemException e) {
      out.shorten(mark);
      out.text("null");
      faults.add(rows.asked(), e.problem());
    }
    out.takeHoles().forEach(hole -> faults.hole(rows.asked(), hole));
  }

  /// The answer to mutations: one transaction, and where one of them fails nothing of the others is
  /// kept.
  public byte[] mutation(Wanted wanted, List<RootField> roots, Runner runner) {
    var at = new RootField[1];
    var faults = new Faults(call.requestId());
    try {
      return runner.together(
          session -> {
            var out = new AnswerBytes();
            var writes = new RowWrites(tools, call, wanted.variables());
            out.text("{\"data\":{");
            for (int i = 0; i < roots.size(); i++) {
              at[0] = roots.get(i);
              out.text((i > 0 ? "," : "") + '"' + at[0].asked().key() + "\":");
              write(at[0], writes, session, out);
            }
            out.write('}');
            return finished(out, faults);
          });
    } catch (ProblemException e) {
      return failed(at[0], e.problem(), faults);
    } catch (Conflicting e) {
      faults.conflict(at[0].asked(), e);
      return finished(nothing(), faults);
    }
  }

  private static byte[] failed(RootField at, Problem problem, Faults faults) {
    faults.add(at.asked(), problem);
    return finished(nothing(), faults);
  }

  private static AnswerBytes nothing() {
    var out = new AnswerBytes();
    out.text("{\"data\":null");
    return out;
  }

  private void write(RootField root, RowWrites writes, Runner session, AnswerBytes out) {
    switch (root) {
      case RootField.TypeName(_, var type) -> out.text('"' + type + '"');
      case RootField.Rows rows when rows.root() instanceof Root.Write(_, var what) -> {
        OperationName.tell(rows.root().entity(), rows.root().verb());
        writes.write(rows, what, session, out);
      }
      case RootField.Counted counted -> {
        OperationName.tell(counted.root().entity(), counted.root().verb());
        writes.write(counted, session, out);
      }
      case RootField.Rows _, RootField.RequestId _, RootField.Introspection _ ->
          throw new IllegalStateException("a mutation reads nothing at its root");
    }
  }

  private static byte[] finished(AnswerBytes out, Faults faults) {
    if (!faults.isEmpty()) {
      var errors = new String(JsonOut.bytes(faults.members()), StandardCharsets.UTF_8);
      out.text("," + errors.substring(1));
    } else {
      out.write('}');
    }
    return out.toByteArray();
  }
}
