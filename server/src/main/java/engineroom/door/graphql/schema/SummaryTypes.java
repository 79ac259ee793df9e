package engineroom.door.graphql.schema;

import engineroom.door.graphql.schema.Definitions.Member;
import engineroom.model.Entity;
import engineroom.model.Field;
import engineroom.model.FieldType;
import engineroom.model.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/// The types of summaries: what rows are grouped by, what is measured of the groups, and which of
/// them are told in which order.
final class SummaryTypes {
  private static final List<String> DAY = List.of("YEAR", "MONTH", "WEEK", "DAY");

  private final Model model;
  private final TypeNames names;
  private final Definitions definitions;
  private final RowTypes rows;
  private final ValueTypes values;

  SummaryTypes(Model model, TypeNames names, Definitions definitions, RowTypes rows) {
    this.model = model;
    this.names = names;
    this.definitions = definitions;
    this.rows = rows;
    this.values = rows.values();
  }

  /// The arguments of a summary.
  String arguments(Entity entity) {
    return "where: %s, group: [%s!], having: %s, sort: [%s!], limit: Int, offset: Int"
        .formatted(rows.where(entity), group(entity), having(entity), sort(entity));
  }

  /// A group with its measures.
  String summary(Entity entity) {
    return block(
        "type",
        entity,
        "Summary",
        () -> {
          var members = new ArrayList<Member>();
          members.add(new Member("group", groups(entity), "What its rows have in common."));
          members.add(new Member("count", values.whole() + "!", "How many rows it has."));
          for (var measure : Measure.values()) {
            if (!measured(entity, measure).isEmpty()) {
              members.add(new Member(measure.field(), measures(entity, measure)));
            }
          }
          return members;
        });
  }

  private String block(String kind, Entity entity, String suffix, Supplier<List<Member>> members) {
    var name = names.type(entity.name()) + suffix;
    return definitions.need(name, () -> Definitions.block(kind, name, null, members.get()));
  }

  private String group(Entity entity) {
    return block("input", entity, "Group", () -> grouped(entity, this::part, this::group));
  }

  private String groups(Entity entity) {
    return block("type", entity, "Groups", () -> grouped(entity, this::parts, this::groups));
  }

  private String groupSort(Entity entity) {
    return block(
        "input", entity, "GroupSort", () -> grouped(entity, this::partSort, this::groupSort));
  }

  private List<Member> grouped(
      Entity entity, BiFunction<Entity, Field, String> value, Function<Entity, String> reference) {
    var members = new ArrayList<Member>();
    for (var field : rows.fields(entity)) {
      if (field.type() instanceof FieldType.Reference(var referred, _, _, _)) {
        if (rows.reads(referred)) {
          members.add(new Member(field.name(), reference.apply(model.entity(referred))));
        }
      } else if (ValueTypes.ordered(field.type())) {
        members.add(new Member(field.name(), value.apply(entity, field)));
      }
    }
    return members;
  }

  private String part(Entity entity, Field field) {
    return switch (TimeParts.of(field.type())) {
      case NONE -> choice("GroupBy", List.of("VALUE"));
      case DAY -> choice("DayPart", more("VALUE", DAY, ""));
      case MOMENT -> choice("MomentPart", more("VALUE", DAY, "HOUR"));
    };
  }

  private static List<String> more(String first, List<String> between, String last) {
    var all = new ArrayList<>(List.of(first));
    all.addAll(between);
    if (!last.isEmpty()) {
      all.add(last);
    }
    return all;
  }

  private String choice(String name, List<String> of) {
    return definitions.need(name, () -> Definitions.choice(name, null, of));
  }

  private String parts(Entity entity, Field field) {
    return switch (TimeParts.of(field.type())) {
      case NONE -> values.leaf(entity, field, field.type());
      case DAY -> times("Day", values.date(), false);
      case MOMENT -> times("Moment", values.timestamp(), true);
    };
  }

  private String times(String name, String value, boolean hours) {
    var members = new ArrayList<>(List.of(new Member("value", value)));
    DAY.forEach(
        part ->
            members.add(
                new Member(part.toLowerCase(Locale.ROOT), values.date(), "Its first day.")));
    if (hours) {
      members.add(new Member("hour", value, "When it began."));
    }
    return definitions.need(
        name,
        () ->
            Definitions.block(
                "type", name, "Parts of a time; null for those not grouped by.", members));
  }

  private String partSort(Entity entity, Field field) {
    return switch (TimeParts.of(field.type())) {
      case NONE -> rows.direction();
      case DAY -> timeSort("DaySort", false);
      case MOMENT -> timeSort("MomentSort", true);
    };
  }

  private String timeSort(String name, boolean hours) {
    var direction = rows.direction();
    var members = new ArrayList<>(List.of(new Member("value", direction)));
    DAY.forEach(part -> members.add(new Member(part.toLowerCase(Locale.ROOT), direction)));
    if (hours) {
      members.add(new Member("hour", direction));
    }
    return definitions.need(name, () -> Definitions.block("input", name, null, members));
  }

  private List<Field> measured(Entity entity, Measure measure) {
    return rows.fields(entity).stream().filter(field -> measure.of(field.type())).toList();
  }

  private String measures(Entity entity, Measure measure) {
    return block(
        "type",
        entity,
        measure.suffix(),
        () ->
            measured(entity, measure).stream()
                .map(field -> new Member(field.name(), type(entity, field, measure)))
                .toList());
  }

  private String type(Entity entity, Field field, Measure measure) {
    return switch (measure) {
      case DISTINCT -> values.whole();
      case SUM -> field.type() instanceof FieldType.Whole ? values.whole() : leaf(entity, field);
      case AVG -> field.type() instanceof FieldType.Number ? "Float" : values.decimal();
      case MIN, MAX -> leaf(entity, field);
    };
  }

  private String leaf(Entity entity, Field field) {
    return values.leaf(entity, field, field.type());
  }

  private String having(Entity entity) {
    return block(
        "input",
        entity,
        "Having",
        () -> {
          var members = new ArrayList<Member>();
          members.add(new Member("count", comparison(values.whole())));
          for (var measure : Measure.values()) {
            if (!measured(entity, measure).isEmpty()) {
              members.add(new Member(measure.field(), having(entity, measure)));
            }
          }
          return members;
        });
  }

  private String having(Entity entity, Measure measure) {
    return block(
        "input",
        entity,
        measure.suffix() + "Having",
        () ->
            measured(entity, measure).stream()
                .map(field -> new Member(field.name(), comparison(type(entity, field, measure))))
                .toList());
  }

  private String comparison(String of) {
    var name = (of.equals("String") ? "Text" : of) + "Comparison";
    return definitions.need(
        name,
        () ->
            Definitions.block(
                "input",
                name,
                null,
                List.of("eq", "ne", "lt", "lte", "gt", "gte").stream()
                    .map(operator -> new Member(operator, of))
                    .toList()));
  }

  private String sort(Entity entity) {
    return block(
        "input",
        entity,
        "SummarySort",
        () -> {
          var members = new ArrayList<Member>();
          members.add(new Member("group", groupSort(entity)));
          members.add(new Member("count", rows.direction()));
          for (var measure : Measure.values()) {
            if (!measured(entity, measure).isEmpty()) {
              members.add(new Member(measure.field(), sort(entity, measure)));
            }
          }
          return members;
        });
  }

  private String sort(Entity entity, Measure measure) {
    var direction = rows.direction();
    return block(
        "input",
        entity,
        measure.suffix() + "Sort",
        () ->
            measured(entity, measure).stream()
                .map(field -> new Member(field.name(), direction))
                .toList());
  }
}
