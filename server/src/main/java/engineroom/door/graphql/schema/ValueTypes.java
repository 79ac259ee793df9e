package engineroom.door.graphql.schema;

import engineroom.door.graphql.schema.Definitions.Member;
import engineroom.door.query.Operator;
import engineroom.model.Entity;
import engineroom.model.Field;
import engineroom.model.FieldType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The types of single values: what a field shows, takes and can be asked. Defines those that are
/// used.
final class ValueTypes {
  private static final long INT_MAX = Integer.MAX_VALUE;
  private static final long INT_MIN = Integer.MIN_VALUE;

  private final TypeNames names;
  private final Definitions definitions;

  ValueTypes(TypeNames names, Definitions definitions) {
    this.names = names;
    this.definitions = definitions;
  }

  /// What a field that is no reference shows.
  String output(Entity entity, Field field) {
    return shown(entity, field, field.type());
  }

  private String shown(Entity entity, Field field, FieldType type) {
    return switch (type) {
      case FieldType.Money _ -> money();
      case FieldType.Plain.POINT -> point();
      case FieldType.ListOf(var element) -> "[" + shown(entity, field, element) + "!]";
      case FieldType other -> leaf(entity, field, other);
    };
  }

  /// What a field takes.
  String input(Entity entity, Field field) {
    return taken(entity, field, field.type());
  }

  private String taken(Entity entity, Field field, FieldType type) {
    return switch (type) {
      case FieldType.Money _ -> moneyInput();
      case FieldType.Plain.POINT -> pointInput();
      case FieldType.ListOf(var element) -> "[" + taken(entity, field, element) + "!]";
      case FieldType other -> leaf(entity, field, other);
    };
  }

  /// The type of a single value that is no object.
  String leaf(Entity entity, Field field, FieldType type) {
    if (field.name().equals("id")) {
      return "ID";
    }
    return switch (type) {
      case FieldType.Text _ -> "String";
      case FieldType.Choice choice -> choice(entity, field, choice);
      case FieldType.Whole(var min, var max) -> whole(field, min, max);
      case FieldType.Decimal _ -> decimal();
      case FieldType.Number _ -> "Float";
      case FieldType.Plain plain -> plain(plain);
      case FieldType.Json _ -> definitions.scalar("JSON", "Any JSON value.");
      case FieldType.Bytes _ -> definitions.scalar("Bytes", "Bytes in base64.");
      case FieldType.Reference _ -> "ID";
      case FieldType.Money _ -> whole();
      case FieldType.ListOf(var element) -> leaf(entity, field, element);
    };
  }

  private String choice(Entity entity, Field field, FieldType.Choice choice) {
    var name = names.choice(entity, field);
    return name == null
        ? "String"
        : definitions.need(
            name, () -> Definitions.choice(name, field.notes().description(), choice.values()));
  }

  private String whole(Field field, @Nullable Long min, @Nullable Long max) {
    boolean small = min != null && max != null && min >= INT_MIN && max <= INT_MAX;
    return small || field.name().equals("version") ? "Int" : whole();
  }

  String whole() {
    return definitions.scalar("Long", "A whole number of 64 bits, as a JSON number.");
  }

  String decimal() {
    return definitions.scalar(
        "Decimal", "An exact decimal number, as REST shows it; taken as a number or a text.");
  }

  private String plain(FieldType.Plain type) {
    return switch (type) {
      case BOOLEAN -> "Boolean";
      case TIMESTAMP -> timestamp();
      case DATE -> date();
      case TIME -> definitions.scalar("Time", "A time of day: 10:00:00.");
      case DURATION -> definitions.scalar("Duration", "A duration: P1DT2H30M.");
      case UUID -> definitions.scalar("UUID", "A UUID in lower case.");
      case POINT -> point();
      case SECRET -> "String";
    };
  }

  String timestamp() {
    return definitions.scalar("Timestamp", "A moment in UTC: 2026-08-01T10:00:00Z.");
  }

  String date() {
    return definitions.scalar("Date", "A day: 2026-08-01.");
  }

  private String money() {
    return definitions.need(
        "Money", () -> Definitions.block("type", "Money", "An amount of money.", moneyParts()));
  }

  private String moneyInput() {
    return definitions.need(
        "MoneyInput",
        () -> Definitions.block("input", "MoneyInput", "An amount of money.", moneyParts()));
  }

  private List<Member> moneyParts() {
    return List.of(
        new Member("amount", whole() + "!", "In minor units: 450 is 4.50."),
        new Member("currency", "String!", "As in ISO 4217: EUR."));
  }

  private String point() {
    return definitions.need(
        "Point", () -> Definitions.block("type", "Point", "A place on Earth.", pointParts()));
  }

  private String pointInput() {
    return definitions.need(
        "PointInput",
        () -> Definitions.block("input", "PointInput", "A place on Earth.", pointParts()));
  }

  private static List<Member> pointParts() {
    return List.of(
        new Member("latitude", "Float!", "Degrees."),
        new Member("longitude", "Float!", "Degrees."));
  }

  /// What ids, and references by them, can be asked.
  String idFilter() {
    return definitions.need(
        "IdWhere",
        () ->
            Definitions.block(
                "input",
                "IdWhere",
                null,
                List.of(
                    new Member("eq", "ID"),
                    new Member("ne", "ID"),
                    new Member("in", "[ID!]"),
                    new Member("notIn", "[ID!]"),
                    new Member("isNull", "Boolean"))));
  }

  /// What a field that is no reference can be asked.
  String filter(Entity entity, Field field) {
    var type = field.type();
    if (field.name().equals("id")) {
      return idFilter();
    }
    return switch (type) {
      case FieldType.Money(var currency, _, _) when currency == null -> moneyFilter();
      case FieldType.Plain.POINT -> pointFilter();
      case FieldType.ListOf(var element) -> {
        var of = leaf(entity, field, element);
        yield filter(of + "ListWhere", of, type);
      }
      case FieldType.Json _, FieldType.Bytes _ -> filter("PresenceWhere", "", type);
      case FieldType.Plain.SECRET -> filter("PresenceWhere", "", type);
      case FieldType other -> {
        var of = leaf(entity, field, other);
        yield filter(stem(of) + "Where", of, other);
      }
    };
  }

  private static String stem(String leaf) {
    return leaf.equals("String") ? "Text" : leaf;
  }

  private String moneyFilter() {
    var amount = filter("LongWhere", whole(), new FieldType.Whole(null, null));
    var currency = filter("TextWhere", "String", FieldType.Text.PLAIN);
    return definitions.need(
        "MoneyWhere",
        () ->
            Definitions.block(
                "input",
                "MoneyWhere",
                null,
                List.of(
                    new Member("isNull", "Boolean"),
                    new Member("amount", amount),
                    new Member("currency", currency))));
  }

  private String pointFilter() {
    var degrees = filter("FloatWhere", "Float", new FieldType.Number(null, null));
    return definitions.need(
        "PointWhere",
        () ->
            Definitions.block(
                "input",
                "PointWhere",
                null,
                List.of(
                    new Member("isNull", "Boolean"),
                    new Member("latitude", degrees),
                    new Member("longitude", degrees))));
  }

  private String filter(String name, String of, FieldType type) {
    var operators = Operator.of(type);
    return definitions.need(
        name, () -> Definitions.block("input", name, null, members(name, of, operators)));
  }

  private List<Member> members(String name, String of, Set<Operator> operators) {
    var members = new ArrayList<Member>();
    for (var operator : operators) {
      var type =
          switch (operator) {
            case EQ, NE, LT, LTE, GT, GTE -> of;
            case CONTAINS -> name.endsWith("ListWhere") ? of : "String";
            case IN, NOT_IN, BETWEEN -> "[" + of + "!]";
            case LIKE, ILIKE, STARTS_WITH, ENDS_WITH, SEARCH -> "String";
            case IS_NULL -> "Boolean";
            case ON -> date();
          };
      members.add(new Member(operator.spelling(), type));
    }
    members.add(new Member("not", name));
    return members;
  }

  /// What rows can be sorted and grouped by alone.
  static boolean ordered(FieldType type) {
    return Operator.of(type).contains(Operator.EQ) && !(type instanceof FieldType.ListOf);
  }
}
