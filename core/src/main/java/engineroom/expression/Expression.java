package engineroom.expression;

import engineroom.data.Type;
import engineroom.data.Value;
import java.util.List;

/// A typed expression of the rule language. Immutable; two expressions of the same shape are equal,
/// which is what plan caches rest on. Names are resolved: a parser's output holds no name that the
/// model does not have.
///
/// Meaning, kept by the evaluator and by every store: equality is total (`null == null` is true,
/// `null == 1` false); an ordering with null is false; a function or an arithmetic operation with
/// null, an overflow or a division by zero gives null; a condition that is null counts as false;
/// text compares by code point.
public sealed interface Expression {
  /// What this gives.
  Type type();

  /// A constant.
  record Literal(Value value, Type type) implements Expression {}

  /// A value bound when the operation runs: of a request's query (`arg.s`) or of its caller (woven
  /// in by authorize).
  ///
  /// @param index position in the operation's [engineroom.expression.Arguments], from 0
  record Parameter(int index, Type type) implements Expression {}

  /// A row that a name stands for: the row in question, `old`, or the variable of a list macro.
  ///
  /// @param name unique among the variables of its expression; [#ROW] and [#OLD] for the two that
  ///   need no macro
  record Variable(String name, Type.RowOf type) implements Expression {
    public static final String ROW = "row";
    public static final String OLD = "old";
  }

  /// A field of a row; null where the row is absent. Of a reference it gives a row ([Type.RowOf]),
  /// of an inverse list its rows ([Type.RowsOf]). Money and points have the parts `amount`,
  /// `currency`, `latitude`, `longitude`.
  ///
  /// @param row something of type [Type.RowOf], or of type money or point
  record Get(Expression row, String field, Type type) implements Expression {}

  /// The row itself where a condition holds on it, else an absent row. Made by authorize for
  /// references to rows that the caller may not see.
  ///
  /// @param variable the name that stands for the row within the condition
  record Guarded(Expression row, String variable, Expression condition) implements Expression {
    @Override
    public Type type() {
      return row.type();
    }
  }

  /// What is known of the caller and the request. Gone after authorize: decided or bound.
  record Fact(FactKind kind, String name, Type type) implements Expression {}

  /// The facts: `name` is the role, claim or user field for those that need one, else empty.
  enum FactKind {
    CALLER_ID,
    SIGNED_IN,
    ROLES,
    HAS_ROLE,
    CLAIM,
    USER_FIELD,
    REQUEST_TIME,
    REQUEST_METHOD,
    REQUEST_ADDRESS,
    NOW,
    TODAY
  }

  /// `!x`.
  record Not(Expression operand) implements Expression {
    @Override
    public Type type() {
      return Type.Scalar.BOOLEAN;
    }
  }

  /// `-x`.
  record Negate(Expression operand, Type type) implements Expression {}

  /// `a && b && …`; true where there are no parts.
  record And(List<Expression> parts) implements Expression {
    public And {
      parts = List.copyOf(parts);
    }

    @Override
    public Type type() {
      return Type.Scalar.BOOLEAN;
    }
  }

  /// `a || b || …`; false where there are no parts.
  record Or(List<Expression> parts) implements Expression {
    public Or {
      parts = List.copyOf(parts);
    }

    @Override
    public Type type() {
      return Type.Scalar.BOOLEAN;
    }
  }

  /// A comparison of two values of one kind (numbers of different kinds compare by value, rows by
  /// id).
  record Compare(Comparison comparison, Expression left, Expression right) implements Expression {
    @Override
    public Type type() {
      return Type.Scalar.BOOLEAN;
    }
  }

  /// The ways to compare.
  enum Comparison {
    EQUAL,
    NOT_EQUAL,
    LESS,
    LESS_OR_EQUAL,
    GREATER,
    GREATER_OR_EQUAL
  }

  /// Arithmetic on numbers, and `+` of texts, of times with durations, and of durations.
  record Arithmetic(Operator operator, Expression left, Expression right, Type type)
      implements Expression {}

  /// The arithmetic operators. Integer division cuts towards zero; the remainder takes the sign of
  /// the dividend.
  enum Operator {
    ADD,
    SUBTRACT,
    MULTIPLY,
    DIVIDE,
    REMAINDER
  }

  /// `element in list`, where the list is a list field, a list parameter or [ListOf]. False for a
  /// null list.
  record In(Expression element, Expression list) implements Expression {
    @Override
    public Type type() {
      return Type.Scalar.BOOLEAN;
    }
  }

  /// A list written out: `[1, 2]`.
  record ListOf(List<Expression> elements, Type type) implements Expression {
    public ListOf {
      elements = List.copyOf(elements);
    }
  }

  /// `condition ? then : otherwise`.
  record Conditional(Expression condition, Expression then, Expression otherwise, Type type)
      implements Expression {}

  /// A function of the language, or an operator of requests that has no spelling in it.
  record Call(Function function, List<Expression> arguments, Type type) implements Expression {
    public Call {
      arguments = List.copyOf(arguments);
    }
  }

  /// The functions. Those from `LIKE` on serve requests only and can't be spelled in an expression.
  enum Function {
    /// Code points of a text, elements of a list, bytes of bytes.
    SIZE,
    STARTS_WITH,
    ENDS_WITH,
    CONTAINS,
    /// RE2 syntax; true where the pattern is found anywhere.
    MATCHES,
    /// By Unicode, without a locale.
    LOWER,
    UPPER,
    /// Cuts white space (space, tab, line feed, carriage return) from both ends.
    TRIM,
    /// Text with `%` for any characters and `_` for one.
    LIKE,
    /// The same after lower-casing both sides.
    ILIKE,
    /// The day of a timestamp, UTC.
    DATE_OF,
    /// The first day of a date's or timestamp's year, month or week (Monday), as a date.
    YEAR_OF,
    MONTH_OF,
    WEEK_OF,
    /// The first instant of a timestamp's hour.
    HOUR_OF,
    /// How well texts (all arguments but the first, the most telling first) match the words of the
    /// first; a greater number is better.
    RELEVANCE,
    /// A number as a decimal of so many digits in all and behind the point, rounded half up; null
    /// where it has more.
    ROUND,
    /// A whole number of minor units as money of a currency.
    MONEY_OF,
    /// A number as a float.
    NUMBER_OF
  }

  /// A macro over an inverse list: `list.exists(r, condition)` and its kin.
  ///
  /// @param list something of type [Type.RowsOf]
  record Quantified(Quantifier quantifier, Expression list, String variable, Expression condition)
      implements Expression {
    @Override
    public Type type() {
      return Type.Scalar.BOOLEAN;
    }
  }

  /// The macros.
  enum Quantifier {
    EXISTS,
    ALL,
    EXISTS_ONE
  }

  /// `size(list)` of an inverse list: how many of its rows meet the condition.
  record Count(Expression list, String variable, Expression condition) implements Expression {
    @Override
    public Type type() {
      return Type.Scalar.INTEGER;
    }
  }

  /// `list.sum(r, value)` and its kin: one value made of those of the rows of an inverse list. Rows
  /// without a value are passed over. The sum of nothing is 0, the least and the greatest are null;
  /// a sum that can't be kept is null: of whole numbers and durations beyond 64 bits, of floats
  /// beyond their range. A sum of floats is the exact sum, rounded once.
  ///
  /// @param list something of type [Type.RowsOf]
  /// @param condition which rows count
  record Rollup(Roll roll, Expression list, String variable, Expression condition, Expression value)
      implements Expression {
    @Override
    public Type type() {
      return value.type();
    }
  }

  /// What a roll-up makes of the values.
  enum Roll {
    SUM,
    MIN,
    MAX
  }

  /// Full-text search: true where the row matches every word (the last as a prefix), accents and
  /// case folded.
  ///
  /// @param row the row searched, by its entity's fields marked `search`
  /// @param fields the fields searched; those that the caller may not read are taken out by
  ///   authorize
  record Search(Expression row, List<String> fields, Expression words) implements Expression {
    public Search {
      fields = List.copyOf(fields);
    }

    @Override
    public Type type() {
      return Type.Scalar.BOOLEAN;
    }
  }

  /// The constant true.
  Expression TRUE = new Literal(Value.of(true), Type.Scalar.BOOLEAN);

  /// The constant false.
  Expression FALSE = new Literal(Value.of(false), Type.Scalar.BOOLEAN);
}
