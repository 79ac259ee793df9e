package engineroom.adopt;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Makes names of the language from those of tables and columns: `invoice_line` and `InvoiceLine`
/// become `invoiceLine`.
final class Naming {
  private static final Pattern WORD = Pattern.compile("[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+");
  private static final int LENGTH_MAX = 63;

  private Naming() {}

  private static List<String> words(String name) {
    var words = new ArrayList<String>();
    var match = WORD.matcher(name);
    while (match.find()) {
      words.add(match.group().toLowerCase(Locale.ROOT));
    }
    return words;
  }

  private static String joined(List<String> words) {
    var name = new StringBuilder();
    for (var word : words) {
      name.append(name.isEmpty() ? word : capitalized(word));
    }
    if (name.isEmpty() || !Character.isLetter(name.charAt(0))) {
      name.insert(0, 'x');
    }
    return name.substring(0, Math.min(LENGTH_MAX, name.length()));
  }

  private static String capitalized(String word) {
    return Character.toUpperCase(word.charAt(0)) + word.substring(1);
  }

  /// The name of a field.
  static String field(String column) {
    return joined(words(column));
  }

  /// The name of a reference: without the `id` at its end.
  static String reference(String column) {
    var words = words(column);
    boolean ends = words.size() > 1 && words.getLast().equals("id");
    return joined(ends ? words.subList(0, words.size() - 1) : words);
  }

  /// The name of an entity: that of one row.
  static String entity(String table) {
    var words = new ArrayList<>(words(table));
    if (!words.isEmpty()) {
      words.add(singular(words.removeLast()));
    }
    return joined(words);
  }

  private static String singular(String word) {
    if (word.endsWith("ies") && word.length() > 4) {
      return word.substring(0, word.length() - 3) + "y";
    }
    if (word.matches(".*(ss|x|ch|sh)es")) {
      return word.substring(0, word.length() - 2);
    }
    boolean plural = word.endsWith("s") && !word.matches(".*(ss|us|is|as|os)");
    return plural && word.length() > 2 ? word.substring(0, word.length() - 1) : word;
  }

  /// The name of many rows.
  static String plural(String entity) {
    if (entity.matches(".*[^aeiou]y")) {
      return entity.substring(0, entity.length() - 1) + "ies";
    }
    return entity.matches(".*(s|x|ch|sh)") ? entity + "es" : entity + "s";
  }

  /// A name that is not taken, not even in other letters' cases.
  ///
  /// @param ending what is added where it is
  static String free(String name, String ending, Set<String> taken) {
    var free = name;
    for (var i = 2; taken.contains(free.toLowerCase(Locale.ROOT)); i++) {
      free = i == 2 ? name + ending : name + ending + (i - 1);
    }
    taken.add(free.toLowerCase(Locale.ROOT));
    return free;
  }
}
