package engineroom.door.graphql.work;

import engineroom.Runner;
import engineroom.door.graphql.answer.AnswerBytes;
import engineroom.door.graphql.document.Prepared.Wanted;
import engineroom.http.OperationName;
import engineroom.json.Json;
import engineroom.json.JsonOut;
import engineroom.json.JsonWriter;
import engineroom.operation.Call;
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
