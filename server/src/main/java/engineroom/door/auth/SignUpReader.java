package engineroom.door.auth;

import engineroom.account.Applicant;
import engineroom.data.Value;
import engineroom.json.FieldReader;
import engineroom.json.FieldReader.Unfit;
import engineroom.json.Json;
import engineroom.model.Entity;
import engineroom.model.Model;
import engineroom.operation.Input;
import engineroom.operation.Input.Assignment;
import engineroom.problem.Nearest;
import engineroom.problem.Violation;
import java.util.LinkedHashMap;
import java.util.Set;

/// Reads who signs up: their address, their password, and the fields of their row that they may
/// give. What can't be read is kept as such, so that all mistakes are told at once.
final class SignUpReader {
  static final Set<String> OURS = Set.of("email", "password", "session", "invitation");

  private final Entity user;
  private final FieldReader reader;

  SignUpReader(Model model) {
    this.user = model.entity("user");
    this.reader = new FieldReader(model);
  }

  /// @param fields that may be given
  Applicant read(AuthBody body, Set<String> fields) {
    var email = body.text("email");
    var password = body.text("password");
    var invitation = body.find("invitation").orElse(null);
    var assignments = new LinkedHashMap<String, Assignment>();
    body.violations()
        .forEach(violation -> assignments.put(violation.path() + " ", unreadable(violation)));
    body.members()
        .forEach(
            (name, value) -> {
              if (!OURS.contains(name)) {
                var given = assignment(name, value, fields);
                assignments.put(given instanceof Assignment.To ? name : name + " ", given);
              }
            });
    return new Applicant(email, password, invitation, new Input(assignments));
  }

  private Assignment assignment(String name, Json value, Set<String> fields) {
    if (!fields.contains(name)) {
      var near = Nearest.of(name, fields);
      var hint = near == null ? "" : ". Did you mean " + near + "?";
      return unreadable(new Violation(name, "unknown", "can't be given when signing up" + hint));
    }
    try {
      return new Assignment.To(
          value == Json.Null.NULL ? Value.NULL : reader.json(user.field(name).type(), value));
    } catch (Unfit unfit) {
      return unreadable(new Violation(name, unfit.code(), unfit.text()));
    }
  }

  private static Assignment unreadable(Violation violation) {
    return new Assignment.Unreadable(violation);
  }
}
