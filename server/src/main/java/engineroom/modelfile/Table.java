package engineroom.modelfile;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The keys that one kind of mapping may have. The reader takes them from here, and so does the schema for editors.
record Table(String name, Map<String, Key> keys) {
  /// One key.
  ///
  /// @param description what an editor shows
  record Key(String name, Shape shape, String description) {}

  /// What the value of a key looks like.
  sealed interface Shape {}

  /// Shapes without parts.
  enum Plain implements Shape {
    TEXT,
    FLAG,
    /// An expression of the rule language, or true or false.
    RULE,
    WHOLE,
    /// A number, or a text where a number would lose digits.
    AMOUNT,
    ANYTHING,
    NAMES,
    /// Names, and lists of names.
    GROUPS,
    /// `on`, `off`, or a duration.
    KEEPING,
    CHECKS
  }

  /// One of these words.
  record Choice(List<String> words) implements Shape {}

  /// A mapping with keys of its own.
  record Part(Table table) implements Shape {}

  /// A mapping from the owner's names to such mappings.
  record Named(Table table, Short brief) implements Shape {}

  /// What may stand in the place of such a mapping.
  enum Short {
    NONE,
    /// A text: the first key's value.
    TEXT,
    /// Nothing.
    NOTHING
  }

  static Table of(String name, Key... keys) {
    var map = new LinkedHashMap<String, Key>();
    Arrays.stream(keys).forEach(key -> map.put(key.name(), key));
    return new Table(name, map);
  }
}
