package engineroom.door.batch;

import engineroom.json.Json;
import engineroom.problem.Nearest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Puts what earlier requests of a batch gave where a later one refers to it: `$order.id`,
/// `$order.lines[0].id`. A text that begins with `$$` means one `$`.
final class References {
  private static final String STEPS = "((?:\\.[A-Za-z_][A-Za-z0-9_]*|\\[[0-9]{1,5}])+)";
  private static final Pattern WHOLE = Pattern.compile("\\$([A-Za-z_][A-Za-z0-9_]*)" + STEPS);
  private static final Pattern STEP = Pattern.compile("\\.([A-Za-z0-9_]+)|\\[([0-9]+)]");

  private final String place;
  private final Map<String, Json> given;

  /// @param place of the request that refers
  /// @param given the answers of the requests before it, by their names
  References(String place, Map<String, Json> given) {
    this.place = place;
    this.given = given;
  }

  /// A body with all references replaced by what they refer to.
  Json inBody(Json json) {
    return switch (json) {
      case Json.Obj(var members) -> {
        var replaced = new LinkedHashMap<String, Json>();
        members.forEach((name, value) -> replaced.put(name, inBody(value)));
        yield new Json.Obj(replaced);
      }
      case Json.Arr(var elements) -> new Json.Arr(elements.stream().map(this::inBody).toList());
      case Json.Text(var text) -> inText(text);
      case Json.Num _, Json.Bool _, Json.Null _ -> json;
    };
  }

  private Json inText(String text) {
    var whole = WHOLE.matcher(text);
    if (whole.matches()) {
      return value(whole.group(1), whole.group(2), text);
    }
    return new Json.Text(text.startsWith("$$") ? text.substring(1) : text);
  }

  /// A path and query with all references replaced.
  String inPath(String path) {
    return WHOLE
        .matcher(path)
        .replaceAll(
            found -> {
              var value = value(found.group(1), found.group(2), found.group());
              return java.util.regex.Matcher.quoteReplacement(
                  encoded(scalar(value, found.group())));
            });
  }

  private String scalar(Json value, String reference) {
    return switch (value) {
      case Json.Text(var text) -> text;
      case Json.Num(var text) -> text;
      case Json.Bool(var truth) -> Boolean.toString(truth);
      case Json.Obj _, Json.Arr _, Json.Null _ ->
          throw Step.bad(
              place, reference + " is no single value.", "Refer to a field, as in $o.id.");
    };
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private Json value(String name, String steps, String reference) {
    var value = given.get(name);
    if (value == null) {
      var nearest = Nearest.of(name, given.keySet());
      throw Step.bad(
          place,
          reference + " refers to no earlier request.",
          nearest == null
              ? "Give an earlier request \"as\": \"" + name + "\"."
              : "Did you mean $" + nearest + steps + "?");
    }
    var step = STEP.matcher(steps);
    while (step.find()) {
      var next = next(value, step.group(1), step.group(2));
      if (next == null) {
        throw Step.bad(
            place, reference + " is not in the answer: " + step.group() + " is missing.", null);
      }
      value = next;
    }
    return value;
  }

  private static @Nullable Json next(Json value, @Nullable String name, @Nullable String index) {
    if (name != null) {
      return value instanceof Json.Obj(var members) ? members.get(name) : null;
    }
    int at = Integer.parseInt(index == null ? "0" : index);
    return value instanceof Json.Arr(var elements) && at < elements.size()
        ? elements.get(at)
        : null;
  }
}
