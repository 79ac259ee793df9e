package engineroom.generate.javaclient;

import engineroom.generate.Surface;
import engineroom.model.Entity;
import engineroom.model.Field;
import engineroom.model.FieldType;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// The names of a model in Java. Where one is taken, it gets a longer one.
final class JavaNames {
  /// What stands behind the name of an entity in the names of its types.
  private static final List<String> SUFFIXES = List.of("", "Ref", "Create", "Change", "Fields");

  /// Types that the files of a client use.
  private static final Set<String> TYPES =
      Set.of(
          ("Accounts Batch BigDecimal Boolean Class Condition Connection"
                  + " Cookies Deleted Double Duration Enum Expandable Expansion Field"
                  + " FileOfRows Function GraphQl Group Having Import Imported Imports"
                  + " Input Instant Json List ListChange ListField Listed LocalDate"
                  + " LocalTime Long Math Measure Money Number NumberField Object"
                  + " Optional Options OrderedField Override Page Pages Parameters"
                  + " PlainField Point Problem ProblemException Question Record"
                  + " Reference ReferenceField Request Rows SafeVarargs Shown SignIn"
                  + " SortKey String Sublist System TextField TimeField Tokens Total"
                  + " Totals UUID UnaryOperator UniqueKey ValueField Values ValuesField"
                  + " Version Void")
              .split(" "));

  /// Names that nothing can have in Java, or no component of a record, or that a client gives away.
  private static final Set<String> WORDS =
      Set.of(
          ("abstract accounts assert batch boolean break byte case catch char class"
                  + " clone connection const continue default do double else enum equals"
                  + " extends false final finalize finally float for getClass goto graphQl"
                  + " hashCode if implements import imports instanceof int interface json"
                  + " long native"
                  + " nested new notify notifyAll null package private protected public return"
                  + " short static strictfp super switch synchronized this throw throws"
                  + " toString transient true try void volatile wait while with yield _")
              .split(" "));

  private final Map<String, String> types = new HashMap<>();
  private final Map<String, String> choices = new HashMap<>();
  private final String client;

  JavaNames(Surface surface) {
    var taken = new HashSet<>(TYPES);
    for (var entity : surface.entities()) {
      var stem = title(entity.name());
      while (SUFFIXES.stream().map(stem::concat).anyMatch(taken::contains)) {
        stem += "Row";
      }
      SUFFIXES.stream().map(stem::concat).forEach(taken::add);
      types.put(entity.name(), stem);
    }
    for (var entity : surface.entities()) {
      for (var field : entity.fields().values()) {
        if (choosing(field.type())) {
          choices.put(key(entity, field), free(type(entity.name()) + title(field.name()), taken));
        }
      }
    }
    this.client = free(words(surface.model().name()) + "Client", taken);
  }

  private static boolean choosing(FieldType type) {
    return type instanceof FieldType.Choice || type instanceof FieldType.ListOf(FieldType.Choice _);
  }

  private static String free(String wanted, Set<String> taken) {
    var name = wanted;
    while (!taken.add(name)) {
      name += "_";
    }
    return name;
  }

  /// `CornerShop` for `Corner shop`.
  private static String words(String name) {
    var words = new StringBuilder();
    for (var word : name.split("[^A-Za-z0-9]+", -1)) {
      words.append(word.isEmpty() ? "" : title(word));
    }
    return words.isEmpty() || Character.isDigit(words.charAt(0)) ? "App" + words : words.toString();
  }

  /// With a large first letter.
  static String title(String name) {
    return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
  }

  private static String key(Entity entity, Field field) {
    return entity.name() + "." + field.name();
  }

  /// The type of an entity's rows: `Order`; with a suffix that of what creates them, and so on.
  String type(String entity) {
    var name = types.get(entity);
    if (name == null) {
      throw new IllegalArgumentException("a client does not know " + entity);
    }
    return name;
  }

  /// The type of a field's choices.
  String choices(Entity entity, Field field) {
    return choices.getOrDefault(key(entity, field), "String");
  }

  /// The class that gives access to all rows.
  String client() {
    return client;
  }

  /// A name as components and methods have it.
  static String member(String name) {
    return WORDS.contains(name) ? name + "_" : name;
  }

  /// A name as constants have it: `PLACED_AT`.
  static String constant(String name) {
    var plain = name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").replaceAll("[^A-Za-z0-9]+", "_");
    var upper = plain.toUpperCase(Locale.ROOT);
    return upper.isEmpty() || !Character.isJavaIdentifierStart(upper.charAt(0)) || upper.equals("_")
        ? "N_" + upper
        : upper;
  }
}
