package engineroom.door.rest;

import static engineroom.problem.ProblemException.problem;

import engineroom.http.Request;
import engineroom.json.Json;
import engineroom.json.JsonLimits;
import engineroom.json.JsonLines;
import engineroom.json.JsonReader;
import engineroom.problem.RequestProblem.NotAcceptable;
import engineroom.problem.RequestProblem.Unreadable;
import engineroom.problem.RequestProblem.UnsupportedBody;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads bodies by their content type, and says which format an answer takes.
final class Bodies {
  /// How the rows of a list are written.
  enum Format {
    JSON("application/json"),
    CSV("text/csv"),
    NDJSON("application/x-ndjson");

    private final String mediaType;

    Format(String mediaType) {
      this.mediaType = mediaType;
    }

    String mediaType() {
      return mediaType;
    }
  }

  private static final String ANY = "*/*";
  private static final String JSON = "application/json";
  private static final String NDJSON = "application/x-ndjson";
  private static final String MERGE = "application/merge-patch+json";

  private Bodies() {}

  /// One JSON value.
  static Json json(Request request, JsonLimits limits) {
    expect(request, List.of(JSON));
    return JsonReader.read(request.body(), limits);
  }

  /// The change of a row.
  static Json patch(Request request, JsonLimits limits) {
    expect(request, List.of(MERGE, JSON));
    return JsonReader.read(request.body(), limits);
  }

  /// New rows: an object, an array, or NDJSON, which is an array too.
  static Json rows(Request request, JsonLimits limits) {
    return expect(request, List.of(JSON, NDJSON)).equals(NDJSON)
        ? new Json.Arr(JsonLines.read(request.body(), limits))
        : JsonReader.read(request.body(), limits);
  }

  /// Refuses a body where none is read.
  static void none(Request request) {
    if (request.body().length > 0) {
      throw unreadable(request.method() + " takes no body here.", "Leave it out.");
    }
  }

  /// Whether a request sends lines to be written and answered one by one, and takes lines.
  static boolean lines(Request.Head head) {
    var accept = head.headers().find("Accept").orElse(ANY);
    double liked = quality(accept, NDJSON);
    return mediaType(head.headers().find("Content-Type").orElse("")).equals(NDJSON)
        && liked > 0
        && liked >= quality(accept, JSON);
  }

  private static String expect(Request request, List<String> types) {
    var header = request.headers().find("Content-Type").orElse("");
    var type = mediaType(header);
    boolean readable = types.contains(type) && utf8(header);
    if (!readable) {
      throw problem(
          new UnsupportedBody(
              header.isEmpty()
                  ? "The body has no content type."
                  : "Bodies of " + header + " are not read here.",
              "Send " + String.join(" or ", types) + "."));
    }
    return type;
  }

  private static boolean utf8(String header) {
    int semicolon = header.indexOf(';');
    var rest =
        semicolon < 0 ? "" : header.substring(semicolon + 1).strip().toLowerCase(Locale.ROOT);
    return rest.isEmpty() || rest.equals("charset=utf-8") || rest.equals("charset=\"utf-8\"");
  }

  private static String mediaType(String header) {
    int semicolon = header.indexOf(';');
    var type = semicolon < 0 ? header : header.substring(0, semicolon);
    return type.strip().toLowerCase(Locale.ROOT);
  }

  /// The best format by `Accept` for a list; the first of ours where several are as good.
  static Format list(Request request) {
    return accepted(request, List.of(Format.values()));
  }

  /// Refuses a caller who does not take JSON.
  static void acceptsJson(Request request) {
    accepted(request, List.of(Format.JSON));
  }

  private static Format accepted(Request request, List<Format> offered) {
    var accept = request.headers().find("Accept").orElse(ANY);
    if (accept.equals(ANY)) {
      return offered.getFirst();
    }
    @Nullable Format best = null;
    double quality = 0;
    for (var format : offered) {
      double liked = quality(accept, format.mediaType());
      if (liked > quality) {
        best = format;
        quality = liked;
      }
    }
    if (best == null) {
      throw problem(
          new NotAcceptable(
              "No type in Accept is written here.",
              "Accept "
                  + String.join(", ", offered.stream().map(Format::mediaType).toList())
                  + "."));
    }
    return best;
  }

  /// The quality of the range that fits a type most exactly (RFC 9110).
  private static double quality(String accept, String type) {
    double quality = 0;
    int exactness = -1;
    for (var range : accept.split(",", -1)) {
      var name = mediaType(range);
      int exact = exactness(name, type);
      if (exact > exactness) {
        exactness = exact;
        quality = weight(range);
      }
    }
    return quality;
  }

  private static int exactness(String range, String type) {
    if (range.equals(type)) {
      return 2;
    }
    if (range.equals(type.substring(0, type.indexOf('/')) + "/*")) {
      return 1;
    }
    return range.equals("*/*") ? 0 : -1;
  }

  private static double weight(String range) {
    for (var part : range.split(";", -1)) {
      var text = part.strip().toLowerCase(Locale.ROOT);
      if (text.matches("q=[01](\\.\\d{0,3})?")) {
        return Double.parseDouble(text.substring(2));
      }
    }
    return 1;
  }

  static RuntimeException unreadable(String title, @Nullable String hint) {
    return problem(new Unreadable(title, hint));
  }
}
