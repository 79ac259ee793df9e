package engineroom.door.rest;

import engineroom.data.JsonText;
import engineroom.data.Value;
import engineroom.json.Json;
import engineroom.json.JsonLimits;
import engineroom.json.JsonReader;
import engineroom.outcome.AccessReport;
import engineroom.outcome.AccessReport.FieldRights;
import engineroom.outcome.AccessReport.HeldRule;
import engineroom.outcome.AccessReport.Holds;
import engineroom.outcome.AccessReport.Right;
import engineroom.outcome.AccessReport.Verdict;
import engineroom.outcome.Trace;
import engineroom.outcome.Trace.Came;
import engineroom.problem.Violation;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Writes why somebody may do something or not.
final class AccessJson {
  private static final Json SECRET = new Json.Text("(secret)");

  /// Why rules that look at the caller's own row may come out otherwise for a user.
  private static final Json NOBODY =
      new Json.Text(
          "Roles alone are nobody in particular: caller.id is no user's, and a field that keeps who"
              + " made a row can't be filled. Name a user besides: as=<id>,role:<name>.");

  private AccessJson() {}

  /// A report.
  ///
  /// @param as whom it is about, as the request says
  static Json of(AccessReport report, List<String> as) {
    var asked = report.asked();
    var members = begun(asked.operation(), asked.entity(), as);
    var id = asked.id();
    if (id != null) {
      members.put("id", value(id));
    }
    members.put("verdict", verdict(report.verdict()));
    members.put("rules", new Json.Arr(report.rules().stream().map(AccessJson::rule).toList()));
    var fields = new LinkedHashMap<String, Json>();
    report.fields().forEach((name, rights) -> fields.put(name, field(rights)));
    members.put("fields", new Json.Obj(fields));
    return new Json.Obj(members);
  }

  /// What is told of a request that was refused before any rule was asked.
  static Json of(Verdict verdict, String operation, String entity, List<String> as) {
    var members = begun(operation, entity, as);
    members.put("verdict", verdict(verdict));
    members.put("rules", new Json.Arr(List.of()));
    members.put("fields", new Json.Obj(Map.of()));
    return new Json.Obj(members);
  }

  private static Map<String, Json> begun(String operation, String entity, List<String> as) {
    Map<String, Json> members = new LinkedHashMap<>();
    members.put("as", new Json.Arr(as.stream().<Json>map(Json.Text::new).toList()));
    members.put("operation", new Json.Text(operation));
    members.put("entity", new Json.Text(entity));
    if (as.stream().allMatch(ExplainedCaller::isRole)) {
      members.put("note", NOBODY);
    }
    return members;
  }

  private static Json verdict(Verdict verdict) {
    Map<String, Json> members = new LinkedHashMap<>();
    switch (verdict) {
      case Verdict.Yes _ -> members.put("allowed", new Json.Bool(true));
      case Verdict.Refused(var stage, var code, var title, var errors) -> {
        members.put("allowed", new Json.Bool(false));
        members.put("stage", new Json.Text(word(stage)));
        members.put("code", new Json.Text(code));
        members.put("title", new Json.Text(title));
        members.put("errors", new Json.Arr(errors.stream().map(AccessJson::error).toList()));
      }
    }
    return new Json.Obj(members);
  }

  private static Json error(Violation error) {
    Map<String, Json> members = new LinkedHashMap<>();
    members.put("path", new Json.Text(error.path()));
    members.put("code", new Json.Text(error.code()));
    members.put("message", new Json.Text(error.message()));
    return new Json.Obj(members);
  }

  /// `NO_ROW` is written `no-row`.
  private static String word(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static Json rule(HeldRule held) {
    Map<String, Json> members = new LinkedHashMap<>();
    members.put("rule", new Json.Text(held.rule()));
    members.put("entity", new Json.Text(held.entity()));
    if (!held.name().isEmpty()) {
      members.put("name", new Json.Text(held.name()));
    }
    var row = held.row();
    if (row != null) {
      members.put("row", value(row.id()));
      members.put("state", new Json.Text(word(row.state())));
    }
    members.put("holds", holds(held.holds()));
    members.put("decided", new Json.Text(held.decided()));
    members.put("trace", trace(held.trace()));
    return new Json.Obj(members);
  }

  /// Null where each row is asked.
  private static Json holds(Holds holds) {
    return switch (holds) {
      case YES -> new Json.Bool(true);
      case NO -> new Json.Bool(false);
      case OF_EACH_ROW -> Json.Null.NULL;
    };
  }

  private static Json trace(Trace trace) {
    Map<String, Json> members = new LinkedHashMap<>();
    members.put("text", new Json.Text(trace.text()));
    var about = trace.about();
    if (about != null) {
      members.put("row", value(about));
    }
    switch (trace.came()) {
      case Came.To(var value) -> members.put("value", value(value));
      case Came.Untold.SECRET -> members.put("value", SECRET);
      case Came.Untold.OF_EACH_ROW -> members.put("asked", new Json.Text("of each row"));
    }
    if (!trace.parts().isEmpty()) {
      members.put("parts", new Json.Arr(trace.parts().stream().map(AccessJson::trace).toList()));
    }
    return new Json.Obj(members);
  }

  private static Json field(FieldRights rights) {
    Map<String, Json> members = new LinkedHashMap<>();
    right(members, "read", rights.read());
    right(members, "write", rights.write());
    return new Json.Obj(members);
  }

  private static void right(Map<String, Json> members, String name, Right right) {
    members.put(name, holds(right.holds()));
    var rule = right.rule();
    if (rule != null) {
      members.put(name + "Rule", trace(rule));
    }
  }

  private static Json value(Value value) {
    var text = JsonText.of(value).getBytes(StandardCharsets.UTF_8);
    return JsonReader.read(text, JsonLimits.defaults());
  }
}
