package engineroom.model;

import engineroom.data.JsonText;
import engineroom.data.Row;
import engineroom.data.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/// How a number stands in a text: `RE-{kind}-{number:6}`.
///
/// @param pieces in their order, the number one of them
public record NumberFormat(List<Piece> pieces) {
  /// Digits that a number is filled up to, at most.
  public static final int WIDTH_MAX = 18;

  private static final String NUMBER = "number";

  public NumberFormat {
    pieces = List.copyOf(pieces);
    if (pieces.stream().filter(Piece.Counted.class::isInstance).count() != 1) {
      throw new IllegalArgumentException("needs {number} once");
    }
  }

  /// One piece of a format.
  public sealed interface Piece {
    /// What stands there as it is.
    record Word(String text) implements Piece {}

    /// The number, with leading zeros up to a width.
    record Counted(int width) implements Piece {}

    /// The value of a field.
    record Of(String field) implements Piece {}
  }

  /// Reads a format; what is wrong with it is the message of an `IllegalArgumentException`, which
  /// continues "format ".
  public static NumberFormat parse(String text) {
    var pieces = new ArrayList<Piece>();
    int at = 0;
    for (int open = text.indexOf('{'); open >= 0; open = text.indexOf('{', at)) {
      int close = text.indexOf('}', open);
      if (close < 0) {
        throw new IllegalArgumentException("has a { without its }");
      }
      word(pieces, text.substring(at, open));
      pieces.add(inBraces(text.substring(open + 1, close)));
      at = close + 1;
    }
    word(pieces, text.substring(at));
    return new NumberFormat(pieces);
  }

  private static void word(List<Piece> pieces, String text) {
    if (text.indexOf('}') >= 0) {
      throw new IllegalArgumentException("has a } without its {");
    }
    if (!text.isEmpty()) {
      pieces.add(new Piece.Word(text));
    }
  }

  private static Piece inBraces(String inner) {
    if (inner.equals(NUMBER)) {
      return new Piece.Counted(1);
    }
    if (!inner.startsWith(NUMBER + ":")) {
      return new Piece.Of(inner);
    }
    var width = inner.substring(NUMBER.length() + 1);
    if (!width.matches("[1-9][0-9]?") || Integer.parseInt(width) > WIDTH_MAX) {
      throw new IllegalArgumentException(
          "has {" + inner + "}, and a number is filled up to 1 to " + WIDTH_MAX + " digits");
    }
    return new Piece.Counted(Integer.parseInt(width));
  }

  /// The fields whose values stand in the text.
  public List<String> fields() {
    return pieces.stream()
        .filter(Piece.Of.class::isInstance)
        .map(piece -> ((Piece.Of) piece).field())
        .toList();
  }

  /// The text of a row's number.
  public String text(Row row, long number) {
    var text = new StringBuilder();
    pieces.forEach(piece -> text.append(text(row, piece, number)));
    return text.toString();
  }

  private static String text(Row row, Piece piece, long number) {
    return switch (piece) {
      case Piece.Word(var word) -> word;
      case Piece.Counted(var width) -> digits(width, number);
      case Piece.Of(var field) -> plain(row.value(field));
    };
  }

  private static String digits(int width, long number) {
    return String.format(Locale.ROOT, "%0" + width + "d", number);
  }

  /// A value as it stands in a format and tells the scopes of numbers apart.
  static String plain(Value value) {
    if (value instanceof Value.Text(var text)) {
      return text;
    }
    var json = JsonText.of(value);
    return json.startsWith("\"") ? json.substring(1, json.length() - 1) : json;
  }

  /// The number in a row's text; nothing where this format would not have made the text.
  public OptionalLong number(Row row, String text) {
    int at = pieces.indexOf(counted());
    int before = length(row, pieces.subList(0, at));
    int behind = length(row, pieces.subList(at + 1, pieces.size()));
    int width = text.length() - before - behind;
    if (width < 1 || width > WIDTH_MAX) {
      return OptionalLong.empty();
    }
    var digits = text.substring(before, before + width);
    if (!digits.chars().allMatch(digit -> digit >= '0' && digit <= '9')) {
      return OptionalLong.empty();
    }
    long number = Long.parseLong(digits);
    return text(row, number).equals(text) ? OptionalLong.of(number) : OptionalLong.empty();
  }

  private Piece counted() {
    return pieces.stream().filter(Piece.Counted.class::isInstance).findFirst().orElseThrow();
  }

  private static int length(Row row, List<Piece> pieces) {
    return pieces.stream().mapToInt(piece -> text(row, piece, 0).length()).sum();
  }
}
