package engineroom.modelfile;

import java.util.List;

/// A part of a YAML file that knows its place.
sealed interface Node {
  Source.Place place();

  /// Keys in their order; a key comes once.
  record Mapping(List<Entry> entries, Source.Place place) implements Node {
    Mapping {
      entries = List.copyOf(entries);
    }
  }

  /// One key and its value.
  record Entry(Scalar key, Node value) {
    String name() {
      return key.text();
    }
  }

  record Sequence(List<Node> elements, Source.Place place) implements Node {
    Sequence {
      elements = List.copyOf(elements);
    }
  }

  /// A single value.
  ///
  /// @param offsets where in the file each char of the text stands
  record Scalar(String text, Kind kind, Source.Place place, Offsets offsets) implements Node {
    /// The place of one char of the text.
    Source.Place place(int offset) {
      return offsets.place(place, text, offset);
    }

    boolean absent() {
      return kind == Kind.NULL;
    }
  }

  /// What YAML takes a scalar for.
  enum Kind {
    TEXT,
    WHOLE,
    FLOAT,
    TRUTH,
    NULL
  }

  /// What to call a node in a message.
  static String kind(Node node) {
    return switch (node) {
      case Mapping _ -> "a mapping";
      case Sequence _ -> "a list";
      case Scalar scalar ->
          switch (scalar.kind()) {
            case TEXT -> "a text";
            case WHOLE, FLOAT -> "a number";
            case TRUTH -> "true or false";
            case NULL -> "nothing";
          };
    };
  }
}
