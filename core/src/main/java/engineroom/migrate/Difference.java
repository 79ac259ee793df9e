package engineroom.migrate;

import engineroom.model.FieldType;
import engineroom.model.FieldType.Reference;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One way in which a field's type differs from the one that was recorded.
///
/// @param change in words: `max from 80 to 120`
public record Difference(Kind kind, String change) {
  /// What a difference means for the values that are there.
  public enum Kind {
    /// They all stay right.
    WIDER,
    /// Some may be wrong.
    NARROWER,
    /// They become others.
    CONVERTED,
    /// They have nothing to do with it.
    NOTED
  }

  /// The differences between two types.
  ///
  /// @param renamed the present names of entities by their recorded ones
  static List<Difference> between(FieldType before, FieldType after, Map<String, String> renamed) {
    var found = new ArrayList<Difference>();
    switch (before) {
      case FieldType.Text old when after instanceof FieldType.Text now -> texts(found, old, now);
      case FieldType.Whole(var min, var max)
          when after instanceof FieldType.Whole(var nowMin, var nowMax) -> {
        least(found, min, nowMin);
        most(found, max, nowMax);
      }
      case FieldType.Number(var min, var max)
          when after instanceof FieldType.Number(var nowMin, var nowMax) -> {
        least(found, min, nowMin);
        most(found, max, nowMax);
      }
      case FieldType.Decimal old when after instanceof FieldType.Decimal now ->
          decimals(found, old, now);
      case FieldType.Money old when after instanceof FieldType.Money now -> monies(found, old, now);
      case FieldType.Choice(var values) when after instanceof FieldType.Choice(var nowValues) ->
          choices(found, values, nowValues);
      case FieldType.Choice _ when after.equals(FieldType.Text.PLAIN) ->
          found.add(new Difference(Kind.WIDER, "enum becomes text"));
      case FieldType.Json(var schema) when after instanceof FieldType.Json(var nowSchema) ->
          rule(found, "schema", schema, nowSchema);
      case FieldType.Bytes(var max) when after instanceof FieldType.Bytes(var nowMax) ->
          most(found, max, nowMax);
      case Reference old when after instanceof Reference now ->
          references(found, old, now, renamed);
      case FieldType.ListOf(var element) when after instanceof FieldType.ListOf(var nowElement) ->
          found.addAll(between(element, nowElement, renamed));
      case FieldType.Whole _ when after instanceof FieldType.Decimal ->
          found.add(new Difference(Kind.WIDER, "integer becomes decimal"));
      case FieldType type when type.equals(after) -> {}
      case FieldType type -> {
        var change = TypeWords.of(type) + " becomes " + TypeWords.of(after);
        found.add(new Difference(Kind.CONVERTED, change));
      }
    }
    return found;
  }

  private static void texts(List<Difference> found, FieldType.Text old, FieldType.Text now) {
    least(found, old.min(), now.min());
    most(found, old.max(), now.max());
    rule(found, "pattern", old.pattern(), now.pattern());
    if (old.format() != now.format()) {
      var change =
          old.format().name().toLowerCase(Locale.ROOT)
              + " becomes "
              + (now.format() == FieldType.Format.PLAIN ? "text" : TypeWords.of(now));
      found.add(
          new Difference(
              now.format() == FieldType.Format.PLAIN ? Kind.WIDER : Kind.NARROWER, change));
    }
    if (old.ignoreCase() != now.ignoreCase()) {
      var change = now.ignoreCase() ? "ignores case" : "heeds case";
      found.add(new Difference(Kind.WIDER, change));
    }
    noted(found, "from", old.slugFrom(), now.slugFrom());
  }

  private static void decimals(
      List<Difference> found, FieldType.Decimal old, FieldType.Decimal now) {
    if (old.scale() != now.scale()) {
      found.add(
          new Difference(
              now.scale() > old.scale() ? Kind.WIDER : Kind.NARROWER,
              from("scale", old.scale(), now.scale())));
    }
    var before = old.precision() - old.scale();
    var after = now.precision() - now.scale();
    if (old.precision() != now.precision()) {
      found.add(
          new Difference(
              after >= before && now.precision() >= old.precision() ? Kind.WIDER : Kind.NARROWER,
              from("precision", old.precision(), now.precision())));
    } else if (after < before) {
      found.add(new Difference(Kind.NARROWER, "fewer digits before the point"));
    }
    least(found, plain(old.min()), plain(now.min()));
    most(found, plain(old.max()), plain(now.max()));
  }

  /// Without the zeros that make equal numbers differ.
  private static @Nullable BigDecimal plain(@Nullable BigDecimal number) {
    return number == null ? null : new BigDecimal(number.stripTrailingZeros().toPlainString());
  }

  private static void monies(List<Difference> found, FieldType.Money old, FieldType.Money now) {
    least(found, old.min(), now.min());
    most(found, old.max(), now.max());
    if (!Objects.equals(old.currency(), now.currency())) {
      var change = from("currency", old.currency(), now.currency());
      found.add(new Difference(now.currency() == null ? Kind.WIDER : Kind.NARROWER, change));
    }
  }

  private static void choices(List<Difference> found, List<String> old, List<String> now) {
    var gone = old.stream().filter(value -> !now.contains(value)).toList();
    var added = now.stream().filter(value -> !old.contains(value)).toList();
    if (!gone.isEmpty()) {
      found.add(new Difference(Kind.NARROWER, "no longer " + String.join(", ", gone)));
    }
    if (!added.isEmpty()) {
      found.add(new Difference(Kind.WIDER, "also " + String.join(", ", added)));
    }
    if (gone.isEmpty() && added.isEmpty() && !old.equals(now)) {
      found.add(new Difference(Kind.WIDER, "values in another order"));
    }
  }

  private static void references(
      List<Difference> found, Reference old, Reference now, Map<String, String> renamed) {
    var target = renamed.getOrDefault(old.entity(), old.entity());
    if (!target.equals(now.entity())) {
      var change = "reference to " + old.entity() + " becomes reference to " + now.entity();
      found.add(new Difference(Kind.CONVERTED, change));
    }
    noted(found, "inverse", old.inverse(), now.inverse());
    noted(found, "onDelete", word(old.onDelete()), word(now.onDelete()));
    if (old.owned() != now.owned()) {
      found.add(new Difference(Kind.NOTED, now.owned() ? "is owned" : "is not owned"));
    }
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static <T extends Comparable<T>> void least(
      List<Difference> found, @Nullable T old, @Nullable T now) {
    if (!Objects.equals(old, now)) {
      var wider = now == null || (old != null && now.compareTo(old) < 0);
      found.add(new Difference(wider ? Kind.WIDER : Kind.NARROWER, from("min", old, now)));
    }
  }

  private static <T extends Comparable<T>> void most(
      List<Difference> found, @Nullable T old, @Nullable T now) {
    if (!Objects.equals(old, now)) {
      var wider = now == null || (old != null && now.compareTo(old) > 0);
      found.add(new Difference(wider ? Kind.WIDER : Kind.NARROWER, from("max", old, now)));
    }
  }

  /// Something that values are held against and that is not compared: another one may be narrower.
  private static void rule(
      List<Difference> found, String name, @Nullable String old, @Nullable String now) {
    if (!Objects.equals(old, now)) {
      var change = now == null ? "without " + name : name + " " + shortened(now);
      found.add(new Difference(now == null ? Kind.WIDER : Kind.NARROWER, change));
    }
  }

  private static void noted(
      List<Difference> found, String name, @Nullable String old, @Nullable String now) {
    if (!Objects.equals(old, now)) {
      found.add(new Difference(Kind.NOTED, from(name, old, now)));
    }
  }

  private static String shortened(String text) {
    return text.length() <= 40 ? text : text.substring(0, 39) + "…";
  }

  private static String from(String name, @Nullable Object old, @Nullable Object now) {
    return name + (old == null ? "" : " from " + old) + (now == null ? " to none" : " to " + now);
  }
}
