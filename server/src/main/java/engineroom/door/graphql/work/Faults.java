package engineroom.door.graphql.work;

import engineroom.door.graphql.document.Asked;
import engineroom.door.graphql.document.Rejected;
import engineroom.http.Problems;
import engineroom.problem.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes `errors` of answers: problems with REST's whole body under `extensions`.
public final class Faults {
  private final List<Map<String, @Nullable Object>> errors = new ArrayList<>();
  private final String requestId;

  public Faults(String requestId) {
    this.requestId = requestId;
  }

  public boolean isEmpty() {
    return errors.isEmpty();
  }

  /// A problem with the request as a whole.
  public Faults add(Problem problem) {
    errors.add(error(problem));
    return this;
  }

  private Map<String, @Nullable Object> error(Problem problem) {
    var members = new LinkedHashMap<String, @Nullable Object>();
    members.put("message", problem.title());
    members.put("extensions", Problems.members(problem, requestId));
    return members;
  }

  /// A problem with a root field.
  void add(Asked field, Problem problem) {
    var error = error(problem);
    error.put("locations", places(field.place()));
    error.put("path", List.of(field.key()));
    errors.add(error);
  }

  /// A row has another version than expected: as REST's 412.
  void conflict(Asked field, Conflicting conflicting) {
    var told = new LinkedHashMap<String, @Nullable Object>();
    told.put("type", "https://engineroom.dev/problems/conflict");
    told.put("status", 412);
    told.put("code", "outcome/conflict");
    told.put("title", conflicting.title());
    told.put("hint", "Look at current, and send its version as ifVersion.");
    told.put("requestId", requestId);
    told.put("current", conflicting.current());
    var error = new LinkedHashMap<String, @Nullable Object>();
    error.put("message", conflicting.title());
    error.put("extensions", told);
    error.put("locations", places(field.place()));
    error.put("path", List.of(field.key()));
    errors.add(error);
  }

  /// Null where it can't be.
  void hole(Asked field, List<Object> path) {
    var error = new LinkedHashMap<String, @Nullable Object>();
    var whole = new ArrayList<Object>(List.of(field.key()));
    whole.addAll(path);
    error.put("message", "There is no value where one must be.");
    error.put("locations", places(field.place()));
    error.put("path", whole);
    error.put("extensions", told("server/internal"));
    errors.add(error);
  }

  /// What is wrong with a document.
  public Faults add(Rejected rejected) {
    for (var fault : rejected.faults()) {
      var error = new LinkedHashMap<String, @Nullable Object>();
      error.put("message", fault.message());
      error.put("locations", places(fault.place()));
      error.put("extensions", told("request/graphql"));
      errors.add(error);
    }
    return this;
  }

  private Map<String, Object> told(String code) {
    var members = new LinkedHashMap<String, Object>();
    members.put("code", code);
    members.put("requestId", requestId);
    return members;
  }

  /// A code that clients know.
  public Faults add(String message, String code) {
    errors.add(Map.of("message", message, "extensions", Map.of("code", code)));
    return this;
  }

  private static @Nullable List<Map<String, Integer>> places(Rejected.@Nullable Place place) {
    if (place == null) {
      return null;
    }
    var members = new LinkedHashMap<String, Integer>();
    members.put("line", place.line());
    members.put("column", place.column());
    return List.of(members);
  }

  /// As members of an answer.
  public Map<String, Object> members() {
    return Map.of("errors", List.copyOf(errors));
  }
}
