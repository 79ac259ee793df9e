package engineroom.expression;

import engineroom.data.Value;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/// How values compare: numbers of all kinds by value, text by code point, ids by their text, lists
/// element by element, false before true.
public final class Order {
  /// Ascending, nulls last.
  public static final Comparator<Value> ASCENDING = (a, b) -> nullsLast(a, b, 1);

  /// Descending, nulls last all the same.
  public static final Comparator<Value> DESCENDING = (a, b) -> nullsLast(a, b, -1);

  private Order() {}

  private static int nullsLast(Value a, Value b, int sign) {
    if (a == Value.NULL || b == Value.NULL) {
      return a == b ? 0 : a == Value.NULL ? 1 : -1;
    }
    return sign * compare(a, b);
  }

  /// Whether two values are equal; null equals null only.
  public static boolean equal(Value a, Value b) {
    if (a == Value.NULL || b == Value.NULL) {
      return a == b;
    }
    return compare(a, b) == 0;
  }

  /// Compares two values that are not null. Kinds that have no order between them compare by kind.
  public static int compare(Value a, Value b) {
    if (numeric(a) && numeric(b)) {
      return compareNumbers(a, b);
    }
    return switch (a) {
      case Value.Bool(var x) when b instanceof Value.Bool(var y) -> Boolean.compare(x, y);
      case Value.Timestamp(var x) when b instanceof Value.Timestamp(var y) -> x.compareTo(y);
      case Value.Date(var x) when b instanceof Value.Date(var y) -> x.compareTo(y);
      case Value.Time(var x) when b instanceof Value.Time(var y) -> x.compareTo(y);
      case Value.Span(var x) when b instanceof Value.Span(var y) -> x.compareTo(y);
      case Value.Point(var x, var y) when b instanceof Value.Point(var u, var v) ->
          Double.compare(x, u) != 0 ? Double.compare(x, u) : Double.compare(y, v);
      case Value.Bytes(var x) when b instanceof Value.Bytes(var y) -> Arrays.compareUnsigned(x, y);
      case Value.ListOf(var x) when b instanceof Value.ListOf(var y) -> compareLists(x, y);
      case Value.Bool _,
          Value.Timestamp _,
          Value.Date _,
          Value.Time _,
          Value.Span _,
          Value.Point _,
          Value.Bytes _,
          Value.ListOf _,
          Value.Null _,
          Value.Integer _,
          Value.Decimal _,
          Value.Number _,
          Value.Money _,
          Value.Text _,
          Value.Uuid _,
          Value.Json _ ->
          codePoints(text(a), text(b));
    };
  }

  /// Compares texts by code point, as UTF-8 bytes do.
  public static int codePoints(String a, String b) {
    int n = Math.min(a.length(), b.length());
    for (int i = 0; i < n; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        boolean astralX = Character.isSurrogate(x);
        boolean astralY = Character.isSurrogate(y);
        return astralX == astralY ? x - y : astralX ? 1 : -1;
      }
    }
    return a.length() - b.length();
  }

  private static boolean numeric(Value value) {
    return value instanceof Value.Integer
        || value instanceof Value.Decimal
        || value instanceof Value.Number
        || value instanceof Value.Money;
  }

  private static int compareNumbers(Value a, Value b) {
    if (a instanceof Value.Integer(var x) && b instanceof Value.Integer(var y)) {
      return Long.compare(x, y);
    }
    if (a instanceof Value.Money(var x, var c) && b instanceof Value.Money(var y, var d)) {
      return x != y ? Long.compare(x, y) : c.compareTo(d);
    }
    return Numbers.exact(a).compareTo(Numbers.exact(b));
  }

  private static int compareLists(List<Value> a, List<Value> b) {
    for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
      int order = nullsLast(a.get(i), b.get(i), 1);
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(a.size(), b.size());
  }

  private static String text(Value value) {
    return switch (value) {
      case Value.Text(var text) -> text;
      case Value.Uuid(var uuid) -> uuid.toString();
      case Value.Json(var json) -> json;
      case Value.Integer(var number) -> Long.toString(number);
      case Value.Decimal(BigDecimal number) -> number.toPlainString();
      case Value.Null _,
          Value.Number _,
          Value.Bool _,
          Value.Timestamp _,
          Value.Date _,
          Value.Time _,
          Value.Span _,
          Value.Bytes _,
          Value.Point _,
          Value.Money _,
          Value.ListOf _ ->
          value.toString();
    };
  }
}
