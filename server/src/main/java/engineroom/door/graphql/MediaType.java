package engineroom.door.graphql;

import static engineroom.problem.ProblemException.problem;

import engineroom.http.Request;
import engineroom.problem.RequestProblem.NotAcceptable;
import java.util.Locale;

/// How an answer is sent, and what its status then tells.
enum MediaType {
  /// A status of its own for documents that can't be carried out.
  RESPONSE("application/graphql-response+json"),
  /// As servers answered before there was a type of its own: 200 for every document.
  JSON("application/json");

  private final String text;

  MediaType(String text) {
    this.text = text;
  }

  String header() {
    return text + "; charset=utf-8";
  }

  /// The status of an answer to a document that can't be carried out.
  int refusal() {
    return switch (this) {
      case RESPONSE -> 400;
      case JSON -> 200;
    };
  }

  /// What was accepted last: clients of an app say the same each time.
  private static volatile Wish last = new Wish("*/*", JSON);

  /// A header field and what it asks for.
  private record Wish(String accept, MediaType type) {}

  /// What the client would rather have; JSON where it says nothing.
  static MediaType of(Request request) {
    var accept = request.headers().find("Accept").orElse("*/*");
    var known = last;
    if (known.accept().equals(accept)) {
      return known.type();
    }
    var type = wished(accept.toLowerCase(Locale.ROOT));
    last = new Wish(accept, type);
    return type;
  }

  private static MediaType wished(String accept) {
    double response = 0;
    double json = 0;
    for (var part : accept.split(",", -1)) {
      var range = part.split(";", 2);
      double quality = quality(range.length < 2 ? "" : range[1]);
      switch (range[0].strip()) {
        case "application/graphql-response+json" -> response = Math.max(response, quality);
        case "application/json", "application/*", "*/*" -> json = Math.max(json, quality);
        default -> {
          // none that we send
        }
      }
    }
    if (response == 0 && json == 0) {
      throw problem(
          new NotAcceptable(
              "Answers are " + RESPONSE.text + " or " + JSON.text + ".", "Accept one of them."));
    }
    return response >= json ? RESPONSE : JSON;
  }

  private static double quality(String parameters) {
    for (var parameter : parameters.split(";", -1)) {
      var text = parameter.strip();
      if (text.matches("q=[01](\\.\\d{1,3})?")) {
        return Double.parseDouble(text.substring(2));
      }
    }
    return 1;
  }
}
