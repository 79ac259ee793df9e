package engineroom.modelfile;

import engineroom.modelfile.Part.Mapping;
import engineroom.modelfile.Part.Place;
import engineroom.modelfile.Part.Scalar;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A mapping with known keys, read key by key; what does not fit is told and taken as absent.
final class Section {
  private final String name;
  private final Mapping mapping;
  private final Mistakes mistakes;

  private Section(String name, Mapping mapping, Mistakes mistakes) {
    this.name = name;
    this.mapping = mapping;
    this.mistakes = mistakes;
  }

  /// The section that a part is, with only these keys.
  ///
  /// @param name in words: `product`, `product.price`
  static Section of(String name, Part part, Set<String> keys, Mistakes mistakes) {
    var section = new Section(name, mapping(name, part, mistakes), mistakes);
    section.mapping.entries().values().stream()
        .filter(entry -> !keys.contains(entry.key()) && !ofProgram(entry))
        .forEach(entry -> section.unknown(entry, keys));
    return section;
  }

  private static boolean ofProgram(Part.Entry entry) {
    return entry.key().equals(BuiltIn.INTERNAL) && BuiltIn.wrote(entry.place());
  }

  /// The mapping that a part is; an empty one for nothing, and for anything else, which is told.
  static Mapping mapping(String name, Part part, Mistakes mistakes) {
    return switch (part) {
      case Mapping mapping -> mapping;
      case Part.Empty empty -> new Mapping(Map.of(), empty.place());
      case Part.Items _, Scalar _ -> {
        mistakes.add(
            part.place(), name + " must be a mapping of names, and is " + part.kind() + ".", null);
        yield new Mapping(Map.of(), part.place());
      }
    };
  }

  private void unknown(Part.Entry entry, Set<String> keys) {
    if (Words.LATER.contains(entry.key())) {
      mistakes.add(
          entry.place(),
          name + ": the word " + entry.key() + " is reserved for a later version.",
          "Leave it out.");
      return;
    }
    mistakes.unknown(
        entry.place(), name + " has no option " + entry.key() + ".", entry.key(), keys);
  }

  String name() {
    return name;
  }

  Place place() {
    return mapping.place();
  }

  boolean has(String key) {
    return mapping.entries().containsKey(key);
  }

  Optional<Part> find(String key) {
    return Optional.ofNullable(mapping.entries().get(key)).map(Part.Entry::value);
  }

  /// Where a key's value stands, or the section.
  Place place(String key) {
    return find(key).map(Part::place).orElse(place());
  }

  /// Where a key stands, or the section.
  Place keyPlace(String key) {
    var entry = mapping.entries().get(key);
    return entry == null ? place() : entry.place();
  }

  @Nullable String text(String key) {
    var part = mapping.entries().get(key);
    if (part == null) {
      return null;
    }
    if (part.value() instanceof Scalar scalar) {
      return scalar.text();
    }
    wrong(key, part.value(), "a text");
    return null;
  }

  boolean yes(String key) {
    var entry = mapping.entries().get(key);
    if (entry == null) {
      return false;
    }
    if (entry.value() instanceof Scalar scalar && scalar.tag().equals("bool")) {
      return Boolean.parseBoolean(scalar.text());
    }
    wrong(key, entry.value(), "true or false");
    return false;
  }

  @Nullable BigDecimal number(String key) {
    var entry = mapping.entries().get(key);
    if (entry == null) {
      return null;
    }
    try {
      if (entry.value() instanceof Scalar scalar) {
        return new BigDecimal(scalar.text());
      }
    } catch (NumberFormatException _) {
      // told below, like everything that is no number
    }
    wrong(key, entry.value(), "a number");
    return null;
  }

  @Nullable Long whole(String key) {
    var number = number(key);
    if (number == null) {
      return null;
    }
    try {
      return number.longValueExact();
    } catch (ArithmeticException _) {
      mistakes.add(place(key), name + ": " + key + " must be a whole number of 64 bits.", null);
      return null;
    }
  }

  /// A whole number that counts something.
  @Nullable Integer count(String key) {
    var number = whole(key);
    if (number == null) {
      return null;
    }
    if (number < 0 || number > Integer.MAX_VALUE) {
      mistakes.add(
          place(key), name + ": " + key + " must be 0 to " + Integer.MAX_VALUE + ".", null);
      return null;
    }
    return number.intValue();
  }

  /// A list of parts; one part alone is a list of it.
  List<Part> items(String key) {
    return find(key)
        .map(
            part ->
                switch (part) {
                  case Part.Items(var parts, _) -> parts;
                  case Part.Empty _ -> List.<Part>of();
                  case Mapping _, Scalar _ -> List.of(part);
                })
        .orElse(List.of());
  }

  List<Scalar> texts(String key) {
    var texts = new ArrayList<Scalar>();
    for (var part : items(key)) {
      if (part instanceof Scalar scalar) {
        texts.add(scalar);
      } else {
        wrong(key, part, "a list of texts");
      }
    }
    return texts;
  }

  void wrong(String key, Part part, String wanted) {
    mistakes.add(
        part instanceof Part.Empty ? keyPlace(key) : part.place(),
        name + ": " + key + " must be " + wanted + ", and is " + part.kind() + ".",
        part instanceof Part.Empty ? "Write it behind the colon, or leave out " + key + "." : null);
  }
}
