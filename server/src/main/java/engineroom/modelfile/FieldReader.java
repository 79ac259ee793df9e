package engineroom.modelfile;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import engineroom.model.FieldType;
import engineroom.model.FieldType.Format;
import engineroom.model.FieldType.OnDelete;
import engineroom.model.FieldType.Plain;
import engineroom.model.FieldType.Reference;
import engineroom.model.FieldType.Text;
import engineroom.operation.TextFormats;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the type of a field and the limits that come with it.
final class FieldReader {
  private static final Map<String, Plain> PLAIN =
      Map.of(
          "boolean", Plain.BOOLEAN,
          "timestamp", Plain.TIMESTAMP,
          "date", Plain.DATE,
          "time", Plain.TIME,
          "duration", Plain.DURATION,
          "uuid", Plain.UUID,
          "point", Plain.POINT,
          "secret", Plain.SECRET);
  private static final Map<String, Format> FORMATS =
      Map.of(
          "text", Format.PLAIN,
          "email", Format.EMAIL,
          "url", Format.URL,
          "slug", Format.SLUG,
          "phone", Format.PHONE,
          "country", Format.COUNTRY,
          "locale", Format.LOCALE);

  /// What types are called elsewhere.
  private static final Map<String, String> ELSEWHERE =
      Map.ofEntries(
          Map.entry("string", "text"),
          Map.entry("varchar", "text"),
          Map.entry("int", "integer"),
          Map.entry("long", "integer"),
          Map.entry("bigint", "integer"),
          Map.entry("bool", "boolean"),
          Map.entry("float", "number"),
          Map.entry("double", "number"),
          Map.entry("numeric", "decimal"),
          Map.entry("datetime", "timestamp"),
          Map.entry("binary", "bytes"),
          Map.entry("blob", "bytes"),
          Map.entry("object", "json"),
          Map.entry("password", "secret"),
          Map.entry("uri", "url"));

  /// The names of all types that are no entities.
  static final List<String> TYPES = types();

  private final Mistakes mistakes;
  private final Set<String> entities;

  FieldReader(Mistakes mistakes, Set<String> entities) {
    this.mistakes = mistakes;
    this.entities = entities;
  }

  private static List<String> types() {
    var names =
        new ArrayList<>(List.of("integer", "decimal", "number", "money", "enum", "json", "bytes"));
    names.addAll(PLAIN.keySet());
    names.addAll(FORMATS.keySet());
    names.sort(null);
    return List.copyOf(names);
  }

  /// A field as it is written, its type known and its expressions not yet.
  record Draft(String name, FieldType type, boolean required, Section options, Part.Place place) {}

  /// @param plural of the referring entity, the name of the inverse list where none is given
  Draft read(String entity, Part.Entry entry, String plural) {
    var full = entity + "." + entry.key();
    var section = section(full, entry.value());
    var written = written(full, entry, section);
    var name = written.strip();
    boolean optional = name.endsWith("?");
    name = optional ? name.substring(0, name.length() - 1) : name;
    if (name.endsWith("?[]")) {
      mistakes.add(
          typePlace(entry, section),
          full + ": the elements of a list can't be optional.",
          "Write the ? behind the []: " + name.replace("?[]", "[]?") + ".");
      name = name.replace("?[]", "[]");
    }
    boolean list = name.endsWith("[]");
    name = list ? name.substring(0, name.length() - 2) : name;
    var place = typePlace(entry, section);
    if (name.endsWith("[]")) {
      mistakes.add(place, full + ": a list can't hold lists.", "Use json, or another entity.");
      name = name.replace("[]", "");
    }
    var type = type(section, name, place, plural);
    belongs(section, name);
    if (list && (type instanceof Reference || type == Plain.SECRET)) {
      mistakes.add(
          place,
          full + ": a list holds plain values only.",
          type instanceof Reference
              ? "Let " + name + " refer to " + entity + ", and its inverse is the list."
              : "Keep secrets in an entity of their own.");
      type = Text.PLAIN;
    } else if (list) {
      type = new FieldType.ListOf(type);
    }
    return new Draft(entry.key(), type, !optional, section, entry.place());
  }

  private Section section(String name, Part value) {
    var part = value instanceof Part.Scalar ? new Part.Mapping(Map.of(), value.place()) : value;
    return Section.of(name, part, Options.names(Options.FIELD), mistakes);
  }

  private String written(String full, Part.Entry entry, Section section) {
    if (entry.value() instanceof Part.Scalar scalar) {
      return scalar.text();
    }
    var type = section.text("type");
    if (entry.value() instanceof Part.Items) {
      return "text"; // told as no mapping
    }
    if (type == null && !section.has("type")) {
      mistakes.add(entry.place(), full + " has no type.", "Write type: text, or another.");
    }
    return type == null ? "text" : type;
  }

  private static Part.Place typePlace(Part.Entry entry, Section section) {
    return entry.value() instanceof Part.Scalar ? entry.value().place() : section.place("type");
  }

  private FieldType type(Section options, String name, Part.Place place, String plural) {
    if (FORMATS.containsKey(name)) {
      return text(options, FORMATS.get(name));
    }
    if (PLAIN.containsKey(name)) {
      return PLAIN.get(name);
    }
    return switch (name) {
      case "integer" -> whole(options);
      case "decimal" -> decimal(options);
      case "number" -> number(options);
      case "money" -> money(options);
      case "enum" -> choice(options);
      case "json" -> new FieldType.Json(schema(options));
      case "bytes" -> new FieldType.Bytes(options.count("max"));
      default -> reference(options, name, place, plural);
    };
  }

  /// Tells options that the type does not have.
  private void belongs(Section options, String type) {
    var family = entities.contains(type) && !TYPES.contains(type) ? "reference" : type;
    if (!family.equals("reference") && !TYPES.contains(type)) {
      return;
    }
    Options.OF_TYPES.forEach(
        (option, types) -> {
          boolean texts = types.contains("text") && FORMATS.containsKey(family);
          if (options.has(option) && !types.contains(family) && !texts) {
            mistakes.add(
                options.keyPlace(option),
                options.name() + ": " + option + " does not go with type " + type + ".",
                "It is for "
                    + String.join(", ", types)
                    + (types.equals(List.of("reference")) ? "s." : "."));
          }
        });
  }

  private FieldType text(Section options, Format format) {
    var min = options.count("min");
    if (options.yes("nonEmpty") && (min == null || min < 1)) {
      min = 1;
    }
    var max = options.count("max");
    if (min != null && max != null && min > max) {
      mistakes.add(
          options.place("min"), options.name() + ": min is greater than max.", "Swap them.");
      min = null;
    }
    return new Text(
        format, min, max, pattern(options), options.yes("ignoreCase"), options.text("from"));
  }

  private @Nullable String pattern(Section options) {
    var pattern = options.text("pattern");
    if (pattern == null) {
      return null;
    }
    try {
      Pattern.compile(pattern);
      return pattern;
    } catch (PatternSyntaxException e) {
      mistakes.add(
          options.place("pattern"),
          options.name() + ": this is no pattern: " + e.getDescription() + ".",
          "Patterns follow RE2.");
      return null;
    }
  }

  private FieldType whole(Section options) {
    var min = options.whole("min");
    var max = options.whole("max");
    return inOrder(options, min, max)
        ? new FieldType.Whole(min, max)
        : new FieldType.Whole(null, null);
  }

  private FieldType number(Section options) {
    var min = options.number("min");
    var max = options.number("max");
    return inOrder(options, min, max)
        ? new FieldType.Number(
            min == null ? null : min.doubleValue(), max == null ? null : max.doubleValue())
        : new FieldType.Number(null, null);
  }

  private FieldType decimal(Section options) {
    var precision = options.count("precision");
    var scale = options.count("scale");
    int digits = precision == null ? 18 : precision;
    int behind = scale == null ? Math.min(6, digits) : scale;
    if (digits < 1 || digits > 18) {
      mistakes.add(
          options.place("precision"), options.name() + ": precision must be 1 to 18.", null);
      digits = 18;
    }
    if (behind > digits) {
      mistakes.add(
          options.place("scale"),
          options.name() + ": scale is greater than precision.",
          "Write a greater precision.");
      behind = digits;
    }
    var min = options.number("min");
    var max = options.number("max");
    return inOrder(options, min, max)
        ? new FieldType.Decimal(digits, behind, min, max)
        : new FieldType.Decimal(digits, behind, null, null);
  }

  private FieldType money(Section options) {
    var currency = options.text("currency");
    if (currency != null && !TextFormats.currency(currency)) {
      mistakes.add(
          options.place("currency"),
          options.name() + ": " + currency + " is no currency of ISO 4217.",
          "Write it as EUR or USD.");
      currency = null;
    }
    var min = options.whole("min");
    var max = options.whole("max");
    return inOrder(options, min, max)
        ? new FieldType.Money(currency, min, max)
        : new FieldType.Money(currency, null, null);
  }

  private <T extends Comparable<T>> boolean inOrder(
      Section options, @Nullable T min, @Nullable T max) {
    if (min == null || max == null || min.compareTo(max) <= 0) {
      return true;
    }
    mistakes.add(options.place("min"), options.name() + ": min is greater than max.", "Swap them.");
    return false;
  }

  private FieldType choice(Section options) {
    var values = new ArrayList<String>();
    var seen = new HashSet<String>();
    for (var scalar : options.texts("values")) {
      if (!seen.add(scalar.text())) {
        mistakes.add(
            scalar.place(),
            options.name() + ": the value " + scalar.text() + " stands here twice.",
            "Leave one out.");
      } else if (scalar.text().isEmpty()) {
        mistakes.add(
            scalar.place(), options.name() + ": a value must not be empty.", "Leave it out.");
      } else {
        values.add(scalar.text());
      }
    }
    if (options.items("values").isEmpty()) {
      mistakes.add(
          options.place("values"),
          options.name() + ": an enum needs values.",
          "Write values: [draft, active].");
    }
    return new FieldType.Choice(values);
  }

  private @Nullable String schema(Section options) {
    var part = options.find("schema").orElse(null);
    if (part != null && !(part instanceof Part.Mapping)) {
      options.wrong("schema", part, "a mapping");
      return null;
    }
    return part == null ? null : PartJson.text(part);
  }

  private FieldType reference(Section options, String name, Part.Place place, String plural) {
    if (!entities.contains(name)) {
      var known = new ArrayList<>(TYPES);
      known.addAll(entities);
      var message = options.name() + ": there is no type or entity " + name + ".";
      var other = ELSEWHERE.get(name.toLowerCase(Locale.ROOT));
      if (other == null) {
        mistakes.undeclared(place, message, name, known);
      } else {
        mistakes.add(place, message, "Write " + other + ".");
      }
      return Text.PLAIN;
    }
    var inverse = options.text("inverse");
    if (inverse != null && !Words.NAME.matcher(inverse).matches()) {
      mistakes.add(
          options.place("inverse"),
          options.name() + ": " + inverse + " can't be the name of a list.",
          "Begin with a small letter; letters and digits follow.");
      inverse = null;
    }
    return new Reference(
        name, inverse == null ? plural : inverse, onDelete(options), options.yes("owned"));
  }

  private OnDelete onDelete(Section options) {
    var word = options.text("onDelete");
    if (word == null) {
      return OnDelete.RESTRICT;
    }
    for (var choice : OnDelete.values()) {
      if (choice.name().toLowerCase(Locale.ROOT).equals(word)) {
        return choice;
      }
    }
    mistakes.unknown(
        options.place("onDelete"),
        options.name() + ": onDelete can't be " + word + ".",
        word,
        List.of("restrict", "cascade", "clear"));
    return OnDelete.RESTRICT;
  }

  /// Reads a number of the field's own kind.
  static @Nullable BigDecimal decimal(String text) {
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException _) {
      return null; // it is none: that is the answer
    }
  }
}
