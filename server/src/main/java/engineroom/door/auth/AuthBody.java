package engineroom.door.auth;

import static engineroom.problem.ProblemException.problem;

import engineroom.http.Request;
import engineroom.json.Json;
import engineroom.json.JsonLimits;
import engineroom.json.JsonReader;
import engineroom.problem.OperationProblem.NotValid;
import engineroom.problem.RequestProblem.Unreadable;
import engineroom.problem.RequestProblem.UnsupportedBody;
import engineroom.problem.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The body of a request about accounts: a JSON object of known members, each of its type and
/// nothing turned into anything else.
final class AuthBody {
  private static final String JSON = "application/json";
  private static final Set<String> TYPES =
      Set.of(JSON, JSON + ";charset=utf-8", JSON + ";charset=\"utf-8\"");

  /// Characters of one text: more than any that is good for something here.
  private static final int TEXT_MAX = 4_096;

  private static final int EMAIL_MAX = 254;

  private final Map<String, Json> members;
  private final List<Violation> violations = new ArrayList<>();

  private AuthBody(Map<String, Json> members) {
    this.members = members;
  }

  /// A body of any members.
  static AuthBody open(Request request) {
    var type = request.headers().find("Content-Type").orElse("");
    if (!TYPES.contains(type.replace(" ", "").toLowerCase(Locale.ROOT))) {
      throw problem(
          new UnsupportedBody(
              type.isEmpty()
                  ? "The body has no content type."
                  : "Bodies of " + type + " are not read here.",
              "Send " + JSON + "."));
    }
    if (JsonReader.read(request.body(), JsonLimits.defaults()) instanceof Json.Obj(var members)) {
      return new AuthBody(members);
    }
    throw problem(new Unreadable("The body is not a JSON object.", "Write {\"name\": value}."));
  }

  /// Refuses a body where none is read; an empty object is none.
  static void none(Request request) {
    if (request.body().length > 0) {
      of(request, Set.of()).check();
    }
  }

  /// A body of these members and no other.
  static AuthBody of(Request request, Set<String> known) {
    var body = open(request);
    body.members.keySet().stream()
        .filter(name -> !known.contains(name))
        .forEach(name -> body.tell(name, "unknown", "does not exist"));
    return body;
  }

  Map<String, Json> members() {
    return members;
  }

  boolean has(String name) {
    return members.containsKey(name);
  }

  /// A text that must be there; empty where it is not, which is told.
  String text(String name) {
    var found = find(name);
    if (found.isEmpty() && !members.containsKey(name)) {
      tell(name, "required", "is required");
    }
    return found.orElse("");
  }

  /// A text that may be left out.
  Optional<String> find(String name) {
    var value = members.get(name);
    if (value == null) {
      return Optional.empty();
    }
    if (!(value instanceof Json.Text(var text))) {
      tell(name, "type/text", "is not a text");
      return Optional.empty();
    }
    if (text.isEmpty()) {
      tell(name, "required", "must not be empty");
    } else if (text.length() > TEXT_MAX || text.indexOf('\0') >= 0) {
      tell(name, "type/text", "must have " + TEXT_MAX + " characters at most, and none of them 0");
    }
    return Optional.of(text);
  }

  /// An address that must be there. Which of them are good the model says, where they are written.
  String email(String name) {
    var email = text(name);
    int at = email.lastIndexOf('@');
    if (!email.isEmpty() && (at < 1 || at == email.length() - 1 || email.length() > EMAIL_MAX)) {
      tell(name, "type/email", "is not an e-mail address");
    }
    return email;
  }

  /// Refuses a member that does not go with the others.
  void refuse(String name, String why) {
    if (has(name)) {
      tell(name, "unknown", why);
    }
  }

  /// Notes what is wrong with a member.
  void tell(String path, String code, String message) {
    violations.add(new Violation(path, code, message));
  }

  /// Refuses the body where something of it is wrong.
  void check() {
    if (!violations.isEmpty()) {
      throw problem(new NotValid(violations));
    }
  }

  List<Violation> violations() {
    return List.copyOf(violations);
  }
}
