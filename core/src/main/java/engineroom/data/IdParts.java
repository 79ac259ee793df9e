package engineroom.data;

import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// An id that is made of several values: their texts, with a comma between two. In a text `~1`
/// stands for a comma and `~0` for `~`, so that each id can be taken apart again.
public final class IdParts {
  private IdParts() {}

  /// The id made of values; null where one of them is null.
  public static Value join(List<Value> parts) {
    return parts.contains(Value.NULL)
        ? Value.NULL
        : new Value.Text(parts.stream().map(IdParts::escaped).collect(Collectors.joining(",")));
  }

  private static String escaped(Value part) {
    var text =
        switch (part) {
          case Value.Integer(var number) -> Long.toString(number);
          case Value.Uuid(var uuid) -> uuid.toString();
          case Value.Text(var said) -> said;
          default -> throw new IllegalArgumentException("no part of an id: " + part);
        };
    return text.replace("~", "~0").replace(",", "~1");
  }

  /// The texts of the parts.
  public static List<String> split(String id) {
    return Stream.of(id.split(",", -1))
        .map(part -> part.replace("~1", ",").replace("~0", "~"))
        .toList();
  }

  /// A part of an id as a value of a type; null where it is none, so that no row has it.
  ///
  /// @param count how many parts such ids have
  public static Value part(Value id, int position, int count, Type type) {
    if (!(id instanceof Value.Text(var text))) {
      return Value.NULL;
    }
    var parts = split(text);
    if (parts.size() != count) {
      return Value.NULL;
    }
    return part(parts.get(position), type);
  }

  private static Value part(String text, Type type) {
    if (type == Type.Scalar.INTEGER) {
      return text.matches("0|-?[1-9][0-9]{0,17}") ? Value.of(Long.parseLong(text)) : Value.NULL;
    }
    if (type == Type.Scalar.UUID) {
      return uuid(text);
    }
    return new Value.Text(text);
  }

  /// In its one spelling.
  private static Value uuid(String text) {
    try {
      var uuid = UUID.fromString(text);
      return uuid.toString().equals(text) ? new Value.Uuid(uuid) : Value.NULL;
    } catch (IllegalArgumentException _) {
      return Value.NULL; // it is none: that is the answer
    }
  }
}
