package engineroom.door.query;

import static engineroom.problem.ProblemException.problem;

import engineroom.problem.RequestProblem.BadParameter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The parameters of a request, decoded, in their order; what is taken out is understood, what
/// remains is not.
public final class Parameters {
  private final Map<String, List<String>> values = new LinkedHashMap<>();

  private Parameters() {}

  /// Reads the raw text behind `?`.
  public static Parameters parse(String query) {
    var parameters = new Parameters();
    for (var pair : query.isEmpty() ? new String[0] : query.split("&", -1)) {
      if (pair.isEmpty()) {
        continue;
      }
      int equals = pair.indexOf('=');
      var key = decode(equals < 0 ? pair : pair.substring(0, equals));
      var value = equals < 0 ? "" : decode(pair.substring(equals + 1));
      parameters.values.computeIfAbsent(key, _ -> new ArrayList<>()).add(value);
    }
    return parameters;
  }

  /// Parameters that a door spells itself.
  public static Parameters of(Map<String, List<String>> values) {
    var parameters = new Parameters();
    parameters.values.putAll(values);
    return parameters;
  }

  /// Takes out a parameter that may be there once.
  public Optional<String> take(String name) {
    var found = values.remove(name);
    if (found == null) {
      return Optional.empty();
    }
    if (found.size() > 1) {
      throw problem(
          new BadParameter(name + " is there " + found.size() + " times.", "Give it once."));
    }
    return Optional.of(found.getFirst());
  }

  /// Takes out a parameter whose values are joined by commas, however often it is there.
  public List<String> takeList(String name) {
    var found = values.remove(name);
    return found == null ? List.of() : split(String.join(",", found));
  }

  /// Takes out all parameters that begin with a word and a dot; the names come back without them.
  Map<String, List<String>> takeUnder(String prefix) {
    Map<String, List<String>> taken = new LinkedHashMap<>();
    for (var name : List.copyOf(values.keySet())) {
      if (name.startsWith(prefix + ".")) {
        taken.put(name.substring(prefix.length() + 1), take(name, values));
      }
    }
    return taken;
  }

  private static List<String> take(String name, Map<String, List<String>> from) {
    var found = from.remove(name);
    return found == null ? List.of() : found;
  }

  /// What nobody took.
  Map<String, List<String>> rest() {
    return values;
  }

  /// Refuses what nobody took.
  public void refuseRest(Collection<String> known) {
    for (var name : values.keySet()) {
      throw unknown(name, known);
    }
  }

  static RuntimeException unknown(String name, Collection<String> known) {
    return bad("There is no parameter " + name + " here.", Names.meant(name, known));
  }

  public static RuntimeException bad(String title, @Nullable String hint) {
    return problem(new BadParameter(title, hint));
  }

  /// The parts between commas; none of them may be empty.
  static List<String> split(String text) {
    var parts = List.of(text.split(",", -1));
    if (parts.contains("")) {
      throw bad(
          "There is an empty name in \"" + text + "\".", "Write names with one comma between.");
    }
    return parts;
  }

  /// The names between dots; none of them may be empty.
  static List<String> path(String text) {
    var parts = List.of(text.split("\\.", -1));
    if (parts.contains("")) {
      throw bad("There is an empty name in \"" + text + "\".", "Write names with one dot between.");
    }
    return parts;
  }

  private static String decode(String text) {
    var bytes = ByteBuffer.allocate(text.length() * 3);
    byte[] raw = text.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < raw.length; i++) {
      if (raw[i] != '%') {
        bytes.put(raw[i] == '+' ? (byte) ' ' : raw[i]);
        continue;
      }
      int high = i + 2 <= raw.length - 1 ? Character.digit(raw[i + 1], 16) : -1;
      int low = i + 2 <= raw.length - 1 ? Character.digit(raw[i + 2], 16) : -1;
      if (high < 0 || low < 0) {
        throw bad("The query has a % without two hexadecimal digits.", "Write % as %25.");
      }
      bytes.put((byte) (high << 4 | low));
      i += 2;
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
    } catch (CharacterCodingException _) {
      throw bad("The query is not UTF-8.", "Encode names and values as UTF-8.");
    }
  }
}
