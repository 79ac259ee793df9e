package {{package}}.client;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What can go wrong that a program can act on. */
public sealed interface Problem {
  /** What is told of it. */
  Details details();

  /** Somebody must sign in, or the credential is not good. */
  record SignInNeeded(Details details) implements Problem {}

  /** The caller may see it, and may not do it. */
  record NotAllowed(Details details) implements Problem {}

  /** There is no such row, or the caller may not see it. */
  record NotFound(Details details) implements Problem {}

  /** Values that can't be; {@link Details#byPath} has each mistake at its place. */
  record NotValid(Details details) implements Problem {}

  /** Another row has the same value of a unique key. */
  record NotUnique(Details details) implements Problem {}

  /**
   * The row has another version than expected.
   *
   * @param current the row as it is now: `rows.read(conflict.current())`
   */
  record Conflict(Details details, Json current) implements Problem {}

  /**
   * The state of the data forbids it: a row that is still referred to, frozen, or only added to.
   */
  record Forbidden(Details details) implements Problem {}

  /** The request itself is wrong: a parameter, a limit, an unknown path. */
  record BadRequest(Details details) implements Problem {}

  /** Too many requests, or too many tries. */
  record TooOften(Details details) implements Problem {}

  /** The server is not ready, or failed. */
  record Unavailable(Details details) implements Problem {}

  /** No answer came: the server can't be reached, or the time was over. */
  record NoAnswer(Details details) implements Problem {}

  /** What came was not the server's answer. */
  record NotUnderstood(Details details) implements Problem {}

  /**
   * What is told of a problem.
   *
   * @param code stable: `operation/not-valid`
   * @param status of the answer; 0 where none came
   * @param hint what may help; null where nothing is known
   * @param requestId finds the request in the server's log
   * @param at the request of a batch that failed: `requests[1]`
   * @param retryAfter seconds after which the server wants to be asked again; null where it did not
   *     say
   */
  record Details(
      String code,
      int status,
      String title,
      String hint,
      String requestId,
      String at,
      List<Violation> errors,
      Long retryAfter) {
    public Details {
      errors = List.copyOf(errors);
    }

    static Details of(String code, String title) {
      return new Details(code, 0, title, null, null, null, List.of(), null);
    }

    /** The mistakes by their paths, as forms show them. */
    public Map<String, String> byPath() {
      return errors.stream()
          .collect(Collectors.toMap(Violation::path, Violation::message, (one, other) -> one));
    }

    @Override
    public String toString() {
      var mistakes =
          errors.stream()
              .map(error -> error.path() + " " + error.message())
              .collect(Collectors.joining("; "));
      var all = mistakes.isEmpty() ? title : title.replaceFirst("\\.$", "") + ": " + mistakes + ".";
      return hint == null ? all : all + " " + hint;
    }
  }

  /**
   * One mistake in what was sent.
   *
   * @param path `lines[1].quantity`
   * @param code stable: `min`, `required`, `type/date`
   */
  record Violation(String path, String code, String message, Json.Object params) {}

  /** Reads a problem as answers have it. */
  static Problem read(Json.Object told, Long retryAfter) {
    var errors = told.at("errors").elements().stream().map(Json::object).map(Problem::violation);
    var status = Values.WHOLE.read(told.at("status"));
    var details =
        new Details(
            told.at("code").text(),
            status == null ? 0 : status.intValue(),
            told.at("title").text(),
            told.at("hint").text(),
            told.at("requestId").text(),
            told.at("at").text(),
            errors.toList(),
            retryAfter);
    return details.code().equals("outcome/conflict")
        ? new Conflict(details, told.at("current"))
        : of(details);
  }

  private static Violation violation(Json.Object error) {
    return new Violation(
        error.at("path").text(),
        error.at("code").text(),
        error.at("message").text(),
        error.at("params").object());
  }

  private static Problem of(Details details) {
    return switch (details.code()) {
      case "operation/not-valid" -> new NotValid(details);
      case "store/not-unique" -> new NotUnique(details);
      default -> of(details.status(), details);
    };
  }

  private static Problem of(int status, Details details) {
    return switch (status) {
      case 401 -> new SignInNeeded(details);
      case 403 -> new NotAllowed(details);
      case 404 -> new NotFound(details);
      case 409 -> new Forbidden(details);
      case 429 -> new TooOften(details);
      case 500, 503, 504 -> new Unavailable(details);
      default -> new BadRequest(details);
    };
  }
}
