package engineroom.modelfile;

import engineroom.expression.Expression;
import engineroom.expression.Expression.Get;
import engineroom.expression.Expression.Variable;
import engineroom.expression.Rewrite;
import engineroom.model.Field.Sequence;
import engineroom.model.FieldType;
import engineroom.model.NumberFormat;
import engineroom.modelfile.EntityReader.EntityDraft;
import engineroom.modelfile.FieldReader.Draft;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads what numbers the rows of an entity.
final class SequenceReader {
  /// The greatest first number: far below where numbers end.
  static final long START_MAX = 1_000_000_000_000_000L;

  /// Fields that rows are counted by.
  static final int PER_MAX = 8;

  private static final String SEQUENCE = "sequence";

  /// Options that decide the value too, or that it would have to fit.
  private static final List<String> BESIDE =
      List.of(
          "default",
          "set",
          "compute",
          "backfill",
          "unique",
          "readOnly",
          "writeOnce",
          "min",
          "max",
          "pattern",
          "nonEmpty",
          "ignoreCase");

  /// What changes whenever a row does, so that no condition on it is met for good.
  private static final Set<String> MOVING = Set.of("version", "updatedAt");

  private final EntityDraft entity;
  private final RuleReader rules;
  private final Mistakes mistakes;

  SequenceReader(EntityDraft entity, RuleReader rules, Mistakes mistakes) {
    this.entity = entity;
    this.rules = rules;
    this.mistakes = mistakes;
  }

  /// The sequence of a field, or null.
  @Nullable Sequence read(String full, Draft draft) {
    var part = draft.options().find(SEQUENCE).orElse(null);
    if (part == null || (simple(part) && !draft.options().yes(SEQUENCE))) {
      return null;
    }
    beside(full, draft);
    var options = options(full, part);
    var format = format(full, draft, options);
    return new Sequence(
        options.yes("gapFree"),
        start(full, options),
        per(full, draft, options),
        format,
        when(full, draft, options));
  }

  private static boolean simple(Part part) {
    return part instanceof Part.Scalar || part instanceof Part.Empty;
  }

  private Section options(String full, Part part) {
    var name = full + ": " + SEQUENCE;
    var written = simple(part) ? new Part.Empty(part.place()) : part;
    return Section.of(name, written, Options.names(Options.SEQUENCE), mistakes);
  }

  private void beside(String full, Draft draft) {
    BESIDE.stream()
        .filter(draft.options()::has)
        .forEach(
            option ->
                mistakes.add(
                    draft.options().keyPlace(option),
                    full + ": a sequence decides the value, so " + option + " does not go with it.",
                    "Leave out " + option + "."));
  }

  private long start(String full, Section options) {
    var start = options.whole("start");
    if (start == null) {
      return 1;
    }
    if (start < 0 || start > START_MAX) {
      mistakes.add(options.place("start"), full + ": start must be 0 to " + START_MAX + ".", null);
      return 1;
    }
    return start;
  }

  private @Nullable String format(String full, Draft draft, Section options) {
    var format = options.text("format");
    if (draft.type() instanceof FieldType.Whole) {
      if (format != null) {
        mistakes.add(
            options.keyPlace("format"),
            full + ": an integer is the number itself and has no format.",
            "Leave out format, or write type: text.");
      }
      return null;
    }
    if (!(draft.type() instanceof FieldType.Text(var kind, _, _, _, _, _))
        || kind != FieldType.Format.PLAIN) {
      mistakes.add(
          draft.place(),
          full + ": a sequence numbers a field of type integer or text.",
          "Write type: integer.");
      return null;
    }
    if (format == null) {
      if (!options.has("format")) {
        mistakes.add(
            draft.options().keyPlace(SEQUENCE),
            full + ": the sequence of a text needs a format.",
            "Write sequence: { format: \"{number:6}\" }, or type: integer.");
      }
      return null;
    }
    return parsed(full, options, format);
  }

  private @Nullable String parsed(String full, Section options, String format) {
    var place = options.place("format");
    try {
      boolean good =
          NumberFormat.parse(format).fields().stream()
              .map(name -> counts(full, "format", name, place))
              .reduce(true, Boolean::logicalAnd);
      return good ? format : null;
    } catch (IllegalArgumentException e) {
      mistakes.add(
          place,
          full + ": format " + e.getMessage() + ".",
          "Write it as \"RE-{kind}-{number:6}\": {number} once, and names of fields.");
      return null;
    }
  }

  private List<String> per(String full, Draft draft, Section options) {
    var per = new ArrayList<String>();
    for (var scalar : options.texts("per")) {
      var name = scalar.text();
      if (name.equals(draft.name())) {
        mistakes.add(scalar.place(), full + ": it can't be counted by itself.", "Leave it out.");
      } else if (per.contains(name)) {
        mistakes.add(scalar.place(), full + ": per has " + name + " twice.", "Leave one out.");
      } else if (counts(full, "per", name, scalar.place())) {
        per.add(name);
      }
    }
    if (per.size() > PER_MAX) {
      mistakes.add(
          options.place("per"), full + ": per has more than " + PER_MAX + " fields.", "Use fewer.");
    }
    return per;
  }

  /// Whether a field can tell rows apart that are counted, or stand in their numbers.
  private boolean counts(String full, String option, String name, Part.Place place) {
    var field = entity.fields().get(name);
    if (field == null) {
      mistakes.unknown(
          place,
          full + ": " + option + " names " + name + ", which " + entity.name() + " does not have.",
          name,
          entity.fields().keySet());
      return false;
    }
    if (!plain(field.type())) {
      mistakes.add(
          place,
          full + ": " + option + " can't name " + name + ", for it has no short, plain value.",
          "Texts, enums, integers, booleans, dates, ids and references can be named.");
      return false;
    }
    if (!field.required()) {
      mistakes.add(
          place,
          full + ": " + option + " can't name " + name + ", for rows need not have it.",
          "Make it required: leave out the ? of its type.");
      return false;
    }
    return true;
  }

  private static boolean plain(FieldType type) {
    return switch (type) {
      case FieldType.Text _, FieldType.Choice _, FieldType.Whole _, FieldType.Reference _ -> true;
      case FieldType.Plain plain ->
          plain == FieldType.Plain.BOOLEAN
              || plain == FieldType.Plain.DATE
              || plain == FieldType.Plain.UUID;
      case FieldType.Decimal _,
          FieldType.Number _,
          FieldType.Money _,
          FieldType.Json _,
          FieldType.Bytes _,
          FieldType.ListOf _ ->
          false;
    };
  }

  private @Nullable Expression when(String full, Draft draft, Section options) {
    var part = options.find("when").orElse(null);
    if (part == null) {
      return null;
    }
    if (draft.required()) {
      mistakes.add(
          options.keyPlace("when"),
          full + ": with when, rows have no number at first, and the field is required.",
          "Make its type optional with ?.");
    }
    var when = rules.ownCondition(full + ": when", part, entity.name());
    if (names(when, MOVING)) {
      mistakes.add(
          part.place(),
          full + ": when can't name version and updatedAt, which every change moves.",
          "Name a field that says what the row has become.");
    }
    return when;
  }

  private static boolean names(Expression expression, Set<String> fields) {
    return (expression instanceof Get(Variable _, var name, _) && fields.contains(name))
        || Rewrite.children(expression).stream().anyMatch(part -> names(part, fields));
  }
}
