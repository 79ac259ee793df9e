package engineroom.model;

import engineroom.data.Type;
import engineroom.data.Value;
import engineroom.expression.Expression;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One field of an entity.
///
/// @param required present and not null in every row
public record Field(
    String name,
    FieldType type,
    boolean required,
    Traits traits,
    Filling filling,
    FieldAccess access,
    Notes notes) {

  /// Yes-or-no options.
  ///
  /// @param readOnly not written by any caller but the seed
  /// @param writeOnce written on creation only
  /// @param hidden never shown and never named by anybody but administrators
  /// @param internal the program's own: administrators don't know of it either
  public record Traits(
      boolean unique,
      boolean search,
      boolean readOnly,
      boolean writeOnce,
      boolean hidden,
      boolean personal,
      boolean internal) {
    public static final Traits NONE = new Traits(false, false, false, false, false, false);

    /// Of a field of the owner's.
    public Traits(
        boolean unique,
        boolean search,
        boolean readOnly,
        boolean writeOnce,
        boolean hidden,
        boolean personal) {
      this(unique, search, readOnly, writeOnce, hidden, personal, false);
    }
  }

  /// Where a value comes from that the caller does not give.
  ///
  /// @param initial the `default`: taken on creation where the caller gives none; sees no row
  /// @param preset the `set`: decides on creation, whatever the caller gives (giving one is a
  ///   mistake); sees no row
  /// @param computed what the value is worked out from, always
  /// @param sequence what numbers the rows
  public record Filling(
      @Nullable Expression initial,
      @Nullable Expression preset,
      @Nullable Computed computed,
      @Nullable Sequence sequence) {
    public static final Filling NONE = new Filling(null, null);

    public Filling(@Nullable Expression initial, @Nullable Expression preset) {
      this(initial, preset, null, null);
    }
  }

  /// A value that follows from others.
  ///
  /// @param value sees the row
  /// @param stored kept in the row and made anew whenever what it depends on changes
  public record Computed(Expression value, boolean stored) {
    /// A value made fit for a field: money of its currency, a decimal of its digits.
    ///
    /// @param value of the field's type, of money its amount, or a narrower number
    public static Expression fitted(FieldType type, Expression value) {
      return switch (type) {
        case FieldType.Money(var currency, _, _) when currency != null ->
            called(Expression.Function.MONEY_OF, type, value, text(currency));
        case FieldType.Decimal(var precision, var scale, _, _) ->
            called(Expression.Function.ROUND, type, value, whole(precision), whole(scale));
        case FieldType.Number _ when value.type() != Type.Scalar.NUMBER ->
            called(Expression.Function.NUMBER_OF, type, value);
        case FieldType _ -> value;
      };
    }

    private static Expression called(
        Expression.Function function, FieldType type, Expression... arguments) {
      return new Expression.Call(function, List.of(arguments), type.type());
    }

    private static Expression text(String text) {
      return new Expression.Literal(Value.of(text), Type.Scalar.TEXT);
    }

    private static Expression whole(int number) {
      return new Expression.Literal(Value.of(number), Type.Scalar.INTEGER);
    }
  }

  /// Numbers that count up.
  ///
  /// @param gapFree every number is given, in the order of the writes; otherwise some may be left
  ///   out
  /// @param start the first number
  /// @param per fields of the row that have numbers of their own for each of their values
  /// @param format of a text, with `{number}`, `{number:6}` (with leading zeros) and `{field}`;
  ///   null for the number itself
  /// @param when holds of the rows that get a number; null for all
  public record Sequence(
      boolean gapFree,
      long start,
      List<String> per,
      @Nullable String format,
      @Nullable Expression when) {
    public Sequence {
      per = List.copyOf(per);
    }
  }

  /// Who may read and write the field, beyond the entity's rules.
  public record FieldAccess(Expression read, Expression write) {
    public static final FieldAccess OPEN = new FieldAccess(Expression.TRUE, Expression.TRUE);
  }

  /// Texts for people, and what migrations need to know of the past.
  ///
  /// @param was the former name
  /// @param wasValues the present value for each former value of an enum
  /// @param backfill what present rows take that have no value where one is required; sees the row
  public record Notes(
      @Nullable String description,
      @Nullable String label,
      @Nullable String was,
      Map<String, String> wasValues,
      @Nullable Expression backfill) {
    public static final Notes NONE = new Notes(null, null, null);

    public Notes {
      wasValues = Collections.unmodifiableMap(new LinkedHashMap<>(wasValues));
    }

    public Notes(@Nullable String description, @Nullable String label, @Nullable String was) {
      this(description, label, was, Map.of(), null);
    }
  }

  /// A field with a name, a type, and nothing else said.
  public static Field of(String name, FieldType type) {
    return new Field(name, type, true, Traits.NONE, Filling.NONE, FieldAccess.OPEN, Notes.NONE);
  }

  /// The same, written on creation only.
  public Field writtenOnce() {
    var t = traits;
    var once =
        new Traits(
            t.unique(), t.search(), t.readOnly(), true, t.hidden(), t.personal(), t.internal());
    return new Field(name, type, required, once, filling, access, notes);
  }

  /// Whether its value follows from others, so that nobody gives it.
  public boolean computed() {
    return filling.computed() != null;
  }

  /// Whether its value is worked out whenever somebody asks: rows do not hold it.
  public boolean virtual() {
    var computed = filling.computed();
    return computed != null && !computed.stored();
  }

  /// Whether any caller could ever see it: secrets are written only.
  public boolean secret() {
    return type == FieldType.Plain.SECRET;
  }
}
