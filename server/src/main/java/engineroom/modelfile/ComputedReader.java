package engineroom.modelfile;

import engineroom.data.Type;
import engineroom.expression.Expression;
import engineroom.expression.Rewrite;
import engineroom.model.Entity;
import engineroom.model.Field;
import engineroom.model.FieldType;
import engineroom.model.FieldType.Format;
import engineroom.model.FieldType.Plain;
import engineroom.model.MoneyFlow;
import engineroom.model.Nullness;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads what a field is computed from, and tells options that contradict it.
final class ComputedReader {
  /// Options that say who or what else decides the value.
  private static final List<String> DECIDING =
      List.of("default", "set", "backfill", "readOnly", "writeOnce");

  /// Options that say what callers may give.
  private static final List<String> LIMITING = List.of("min", "max", "pattern", "nonEmpty");

  private final Map<String, Entity> entities;
  private final Mistakes mistakes;
  private final RuleReader rules;

  ComputedReader(Map<String, Entity> entities, Mistakes mistakes, RuleReader rules) {
    this.entities = entities;
    this.mistakes = mistakes;
    this.rules = rules;
  }

  /// Whether a draft says what it is computed from.
  static boolean computed(FieldReader.Draft draft) {
    return draft.options().has("compute");
  }

  /// Whether rows will not hold the field.
  static boolean virtual(FieldReader.Draft draft) {
    return computed(draft) && !draft.options().yes("stored");
  }

  Field.@Nullable Computed read(String entity, FieldReader.Draft draft) {
    var options = draft.options();
    var full = entity + "." + draft.name();
    if (!computed(draft)) {
      if (options.has("stored")) {
        mistakes.add(
            options.keyPlace("stored"),
            full + ": stored says nothing without compute.",
            "Leave it out: every other field is stored.");
      }
      return null;
    }
    contradictions(full, draft);
    var part = options.find("compute").orElse(null);
    if (!(part instanceof Part.Scalar scalar)) {
      mistakes.add(
          options.place("compute"),
          full + ": compute must be an expression.",
          "Write it in quotes.");
      return null;
    }
    if (!fits(draft.type())) {
      mistakes.add(
          options.keyPlace("compute"),
          full + ": values of this type can't be computed.",
          "Numbers, money of one currency, text, boolean, uuid, dates, times and durations can.");
      return null;
    }
    var value = rules.computed(scalar, entity, draft.type());
    if (value == null) {
      return null;
    }
    judge(full, draft, value);
    return new Field.Computed(Field.Computed.fitted(draft.type(), value), options.yes("stored"));
  }

  private void contradictions(String full, FieldReader.Draft draft) {
    var options = draft.options();
    for (var option : DECIDING) {
      if (options.has(option)) {
        mistakes.add(
            options.keyPlace(option),
            full + ": compute decides the value, so " + option + " has no place.",
            "Leave out " + option + ".");
      }
    }
    for (var option : LIMITING) {
      if (options.has(option)) {
        mistakes.add(
            options.keyPlace(option),
            full + ": nobody gives a computed value, so " + option + " holds nobody.",
            "Write a check of the entity.");
      }
    }
    for (var option : List.of("unique", "search")) {
      if (options.yes(option) && virtual(draft)) {
        mistakes.add(
            options.keyPlace(option),
            full + ": " + option + " needs values that are kept, and this one is not.",
            "Write stored: true.");
      }
    }
  }

  private static boolean fits(FieldType type) {
    return switch (type) {
      case FieldType.Text(var format, _, _, _, _, _) -> format == Format.PLAIN;
      case FieldType.Money(var currency, _, _) -> currency != null;
      case FieldType.Whole _, FieldType.Decimal _, FieldType.Number _ -> true;
      case Plain plain -> plain != Plain.POINT && plain != Plain.SECRET;
      case FieldType.Choice _,
          FieldType.Json _,
          FieldType.Bytes _,
          FieldType.Reference _,
          FieldType.ListOf _ ->
          false;
    };
  }

  private void judge(String full, FieldReader.Draft draft, Expression value) {
    var place = draft.options().place("compute");
    if (mentionsFacts(value)) {
      mistakes.add(
          place,
          full + ": a computed value follows from data alone.",
          "Leave out caller, request, now and today; a rule or a filter may name them.");
      return;
    }
    if (value.type() instanceof Type.RowOf(var other)) {
      mistakes.add(
          place, full + ": this is a " + other + ", not a value of it.", "Name one of its fields.");
    }
    if (draft.required() && Nullness.possible(entities, value)) {
      mistakes.add(
          place,
          full + " may have no value, and its type says that it always has one.",
          "Write a ? behind the type, or say what stands for nothing: x == null ? 0 : x.");
    }
    if (draft.type() instanceof FieldType.Money(var currency, _, _) && currency != null) {
      money(full, place, currency, value);
    }
  }

  private static boolean mentionsFacts(Expression expression) {
    return expression instanceof Expression.Fact
        || Rewrite.children(expression).stream().anyMatch(ComputedReader::mentionsFacts);
  }

  private void money(String full, Part.Place place, String currency, Expression value) {
    var flow = new MoneyFlow(entities);
    for (var other : flow.currencies(value)) {
      if (!other.equals(currency)) {
        mistakes.add(
            place,
            other.isEmpty()
                ? full + ": money that has a currency in each row can't be " + currency + "."
                : full + " is in " + currency + ", and this is made of " + other + ".",
            other.isEmpty()
                ? "Give that field a currency."
                : "Money of one currency goes together.");
      }
    }
    if (flow.multiplied()) {
      mistakes.add(
          place, full + ": money times money is no money.", "Multiply money with a plain number.");
    }
  }
}
