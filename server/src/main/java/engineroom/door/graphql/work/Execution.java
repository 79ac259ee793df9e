package engineroom.door.graphql.work;

import engineroom.Runner;
import engineroom.door.graphql.answer.AnswerBytes;
import engineroom.door.graphql.compiled.RootField;
import engineroom.door.graphql.document.Prepared.Wanted;
import engineroom.door.graphql.work.Question.Asking;
import engineroom.http.Response;
import engineroom.json.JsonOut;
import engineroom.operation.Call;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Carries out the operation of one request, and writes its answer.
public final class Execution {
  /// How an answer begins where a mutation failed.
  static final String NOTHING = "{\"data\":null";

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

  /// The answer of an operation.
  public byte[] answer(Wanted wanted, List<RootField> roots, Runner runner) {
    var asking = new Asking(tools, call, wanted.variables());
    return wanted.mutation()
        ? new MutationRun(asking, roots).answer(runner)
        : new QueryRun(asking, introspector, runner).answer(roots);
  }

  /// Whether an answer is one to mutations that were not done.
  public static boolean failed(Response.Body body) {
    return body instanceof Response.Body.Bytes(var bytes)
        && new String(bytes, 0, Math.min(bytes.length, NOTHING.length()), StandardCharsets.UTF_8)
            .equals(NOTHING);
  }

  /// An answer with the errors behind its data.
  static byte[] finished(AnswerBytes out, Faults faults) {
    if (faults.isEmpty()) {
      out.write('}');
    } else {
      var errors = new String(JsonOut.bytes(faults.members()), StandardCharsets.UTF_8);
      out.text("," + errors.substring(1));
    }
    return out.toByteArray();
  }

  /// Begins a member of `data`.
  static void begin(RootField root, int index, AnswerBytes out) {
    out.text((index > 0 ? "," : "") + '"' + root.asked().key() + "\":");
  }
}
