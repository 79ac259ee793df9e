package engineroom.door.transfer;

import static engineroom.problem.ProblemException.problem;

import engineroom.door.query.Parameters;
import engineroom.http.Request;
import engineroom.model.Entity;
import engineroom.operation.Operation.OnConflict;
import engineroom.problem.Nearest;
import engineroom.problem.OperationProblem.UnknownField;
import engineroom.problem.RequestProblem.NotAcceptable;
import engineroom.problem.RequestProblem.UnsupportedBody;
import engineroom.transfer.Format;
import engineroom.transfer.ImportPlan;
import engineroom.transfer.ImportPlan.Layout;
import engineroom.transfer.ImportPlan.Mode;
import engineroom.transfer.ImportPlan.Sight;
import engineroom.transfer.Mapping;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;

/// Reads how a file is to be imported.
record ImportRequest(ImportPlan plan, Answer answer) {
  /// What is answered.
  enum Answer {
    /// What became of the lines.
    REPORT,
    /// The refused lines themselves.
    REFUSED
  }

  static final List<String> PARAMETERS =
      List.of("by", "onConflict", "map", "ignore", "delimiter", "atomic", "dryRun", "file");

  private static final int FILE_MAX = 200;

  static ImportRequest read(Request request, Entity entity, Sight sight) {
    if (request.headers().find("Idempotency-Key").isPresent()) {
      throw Parameters.bad(
          "Idempotency-Key is not for imports.",
          "Leave it out: with by, a file can be sent again and changes nothing twice.");
    }
    var format = format(request);
    var parameters = Parameters.parse(request.query());
    var by = by(entity, sight, parameters.takeList("by"));
    var layout = layout(format, parameters);
    var plan =
        new ImportPlan(
            entity,
            file(parameters, entity, format),
            layout,
            by,
            onConflict(parameters, by),
            mode(parameters));
    parameters.refuseRest(PARAMETERS);
    return new ImportRequest(plan, answer(request, format.ofRefused()));
  }

  private static Format format(Request request) {
    var header = request.headers().find("Content-Type").orElse("");
    int semicolon = header.indexOf(';');
    var type = semicolon < 0 ? header : header.substring(0, semicolon);
    var rest = semicolon < 0 ? "" : header.substring(semicolon + 1).replace("\"", "").strip();
    var format = Format.find(type.strip().toLowerCase(Locale.ROOT));
    boolean utf8 =
        Arrays.stream(rest.toLowerCase(Locale.ROOT).split(";", -1))
            .map(String::strip)
            .filter(part -> part.startsWith("charset="))
            .allMatch("charset=utf-8"::equals);
    if (format.isEmpty() || !utf8) {
      throw problem(
          new UnsupportedBody(
              header.isEmpty()
                  ? "The file has no content type."
                  : "Files of " + header + " are not imported.",
              "Send text/csv, application/x-ndjson or application/json, in UTF-8."));
    }
    return format.get();
  }

  private static Layout layout(Format format, Parameters parameters) {
    var delimiter = parameters.take("delimiter").orElse("");
    if (!List.of("", ",", ";", "\t").contains(delimiter)) {
      throw Parameters.bad(
          "delimiter can't be \"" + delimiter + "\".", "Write , or ; or %09 for a tab.");
    }
    var mapping =
        Mapping.parse(
            String.join(",", parameters.takeList("map")),
            String.join(",", parameters.takeList("ignore")));
    return new Layout(format, delimiter.isEmpty() ? 0 : delimiter.charAt(0), mapping);
  }

  private static String file(Parameters parameters, Entity entity, Format format) {
    var file = parameters.take("file").orElse(entity.plural() + "." + format.ending());
    if (file.isBlank() || file.length() > FILE_MAX) {
      throw Parameters.bad("file is not a name of 1 to " + FILE_MAX + " characters.", null);
    }
    return file;
  }

  private static Mode mode(Parameters parameters) {
    boolean trial = truth(parameters, "dryRun");
    boolean atomic = truth(parameters, "atomic");
    if (trial && atomic) {
      throw Parameters.bad(
          "dryRun and atomic exclude each other.", "A dry run keeps nothing anyway.");
    }
    return trial ? Mode.TRIAL : atomic ? Mode.ATOMIC : Mode.LINES;
  }

  private static boolean truth(Parameters parameters, String name) {
    return switch (parameters.take(name).orElse("false")) {
      case "true" -> true;
      case "false" -> false;
      default -> throw Parameters.bad(name + " is neither true nor false.", null);
    };
  }

  /// A key must be a declared one, and nothing is told of what the caller can't see.
  private static List<String> by(Entity entity, Sight sight, List<String> fields) {
    if (fields.isEmpty()) {
      return List.of();
    }
    var names = sight.names(entity.name());
    for (var field : fields) {
      if (!names.contains(field) || entity.findField(field).isEmpty()) {
        throw problem(new UnknownField(entity.name(), field, Nearest.of(field, names)));
      }
    }
    var keys = new ArrayList<List<String>>();
    keys.add(List.of("id"));
    entity.keys().uniques().stream().filter(names::containsAll).forEach(keys::add);
    return keys.stream()
        .filter(key -> new HashSet<>(key).equals(new HashSet<>(fields)))
        .findFirst()
        .orElseThrow(
            () ->
                Parameters.bad(
                    String.join(" and ", fields) + " is not unique, so no row is found by it.",
                    "Use "
                        + String.join(
                            " or ", keys.stream().map(k -> "by=" + String.join(",", k)).toList())
                        + "."));
  }

  private static OnConflict onConflict(Parameters parameters, List<String> by) {
    var text = parameters.take("onConflict");
    if (text.isPresent() && by.isEmpty()) {
      throw Parameters.bad(
          "onConflict needs a key to find rows by.", "Name a unique field, as in by=sku.");
    }
    return switch (text.orElse("update")) {
      case "update" -> OnConflict.MERGE;
      case "replace" -> OnConflict.REPLACE;
      case "ignore" -> OnConflict.IGNORE;
      default ->
          throw Parameters.bad(
              "onConflict can't be " + text.orElse("") + ".", "Write update, replace or ignore.");
    };
  }

  /// The report, unless the client takes the refused lines and no JSON.
  private static Answer answer(Request request, Format refused) {
    var accept = request.headers().find("Accept").orElse("*/*").toLowerCase(Locale.ROOT);
    if (accept.contains(Format.JSON.mediaType()) || accept.contains("*/*")) {
      return Answer.REPORT;
    }
    if (accept.contains(refused.mediaType())) {
      return Answer.REFUSED;
    }
    throw problem(
        new NotAcceptable(
            "No type in Accept is written here.",
            "Accept application/json for the report, or "
                + refused.mediaType()
                + " for the refused lines."));
  }
}
