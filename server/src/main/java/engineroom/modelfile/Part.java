package engineroom.modelfile;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/// A part of a YAML file that knows where it stands.
sealed interface Part {
  Place place();

  /// What this is, in words.
  String kind();

  /// A character of a file.
  ///
  /// @param line from 1
  /// @param column from 1
  record Place(Path file, int line, int column) {}

  /// One key of a mapping, its place and its value.
  record Entry(String key, Place place, Part value) {}

  record Mapping(Map<String, Entry> entries, Place place) implements Part {
    public Mapping {
      entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }

    @Override
    public String kind() {
      return "a mapping";
    }
  }

  record Items(List<Part> parts, Place place) implements Part {
    public Items {
      parts = List.copyOf(parts);
    }

    @Override
    public String kind() {
      return "a list";
    }
  }

  /// Text, a number or a truth value.
  ///
  /// @param tag `str`, `int`, `float` or `bool`, as YAML's core schema sees it
  /// @param content where the text's character of an offset stands
  record Scalar(String text, String tag, IntFunction<Place> content, Place place) implements Part {
    @Override
    public String kind() {
      return switch (tag) {
        case "int", "float" -> "a number";
        case "bool" -> "true or false";
        default -> "a text";
      };
    }
  }

  /// Nothing: a key without a value, or `null`.
  record Empty(Place place) implements Part {
    @Override
    public String kind() {
      return "nothing";
    }
  }
}
