package engineroom.testkit;

import engineroom.data.Row;
import engineroom.data.Type;
import engineroom.data.Value;
import engineroom.expression.Expression;
import engineroom.expression.Expression.Compare;
import engineroom.expression.Expression.Comparison;
import engineroom.expression.Expression.Literal;
import engineroom.model.Entity;
import engineroom.model.Entity.Access;
import engineroom.model.Entity.Check;
import engineroom.model.Entity.InverseList;
import engineroom.model.Entity.Keys;
import engineroom.model.Field;
import engineroom.model.FieldType;
import engineroom.model.FieldType.Format;
import engineroom.model.FieldType.OnDelete;
import engineroom.model.FieldType.Plain;
import engineroom.model.FieldType.Reference;
import engineroom.model.FieldType.Text;
import engineroom.model.FieldType.Whole;
import engineroom.model.History;
import engineroom.model.Life;
import engineroom.model.Model;
import engineroom.model.Past;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// The model that stores are proved with: every type of field, ids of three kinds, a reference to
/// the own entity, inverse lists, owned rows, uniques with and without regard to case, and a check.
///
/// All but labels keep a history.
///
/// - `person` (UUID): `name`, `email` (unique, ignores case), `boss` (a person; their `reports`)
/// - `item` (UUID): a field of every type, `owner` (a person; their `items`), `parent` (an item;
///   its `children`); worked out: `pieces` of its parts, `share` of the amount in each, `worth`,
///   and when the `newest` child is
/// - `part` (integer): owned by an `item` (its `parts`); `position` unique within it; `quantity` at
///   least 1
/// - `label` (text): `name`
public final class ContractModel {
  /// How long versions that are over are kept.
  static final Duration PAST = Duration.ofDays(30);

  /// How long items are known of after their deletion.
  static final Duration GONE = Duration.ofDays(7);

  private static final Instant BEGIN = Instant.parse("2026-08-01T10:00:00.000001Z");
  private static final Text IGNORING_CASE = new Text(Format.PLAIN, null, null, null, true, null);

  /// `parts.sum(p, p.quantity)`
  private static final Expression PIECES =
      rolled(Expression.Roll.SUM, "parts", "part", "quantity", Type.Scalar.INTEGER);

  /// `amount / pieces`
  private static final Expression SHARE =
      calculated(
          Expression.Operator.DIVIDE,
          item("amount", Type.Scalar.DECIMAL),
          item("pieces", Type.Scalar.INTEGER));

  /// `price * count`
  private static final Expression WORTH =
      calculated(
          Expression.Operator.MULTIPLY,
          new Expression.Get(item("price", Type.Scalar.MONEY), "amount", Type.Scalar.INTEGER),
          item("count", Type.Scalar.INTEGER));

  /// `children.max(c, c.at)`
  private static final Expression NEWEST =
      rolled(Expression.Roll.MAX, "children", "item", "at", Type.Scalar.TIMESTAMP);

  /// The one model; immutable.
  public static final Model MODEL =
      new Model("contract", "memory:", Map.of(), entities(person(), item(), part(), label()));

  /// All that reads may name: the versions of persons, items and parts, too.
  static final Model READABLE = History.readable(MODEL);

  private ContractModel() {}

  /// The id with a number, for entities with UUIDs; the order of numbers is the order of ids.
  public static Value id(long number) {
    return new Value.Uuid(new UUID(0x01980000_00007000L, 0x80000000_00000000L + number));
  }

  /// A person with nothing but a name.
  public static Row personRow(int number) {
    return row("person", id(number)).with("name", Value.of("person " + number));
  }

  /// An item with nothing but a title.
  public static Row itemRow(int number) {
    return row("item", id(number)).with("title", Value.of("item " + number));
  }

  /// A part of an item, one piece of it.
  public static Row partRow(int number, Row item) {
    return row("part", Value.of(number)).with("item", item.id()).with("quantity", Value.of(1));
  }

  /// A label whose name is its id.
  public static Row labelRow(String id) {
    return row("label", Value.of(id)).with("name", Value.of(id));
  }

  private static Row row(String entity, Value id) {
    var values = new LinkedHashMap<String, Value>();
    MODEL.entity(entity).kept().keySet().forEach(name -> values.put(name, Value.NULL));
    values.put("id", id);
    values.put("version", Value.of(1));
    values.put("createdAt", new Value.Timestamp(BEGIN));
    values.put("updatedAt", new Value.Timestamp(BEGIN));
    return new Row(values);
  }

  private static Entity person() {
    return entity(
        "person",
        Plain.UUID,
        List.of(
            Field.of("name", Text.PLAIN),
            optional("email", new Text(Format.EMAIL, null, 200, null, true, null)),
            optional("boss", new Reference("person", "reports", OnDelete.RESTRICT, false))),
        List.of(
            new InverseList("reports", "person", "boss", false),
            new InverseList("items", "item", "owner", false)),
        new Keys(List.of(List.of("email")), List.of(List.of("name")), List.of()));
  }

  private static Entity item() {
    return entity(
        "item",
        Plain.UUID,
        List.of(
            searched("title"),
            searched("details"),
            optional("code", Text.PLAIN),
            optional("note", IGNORING_CASE),
            optional("count", new Whole(null, null)),
            optional("amount", new FieldType.Decimal(18, 4, null, null)),
            optional("ratio", new FieldType.Number(null, null)),
            optional("price", new FieldType.Money("EUR", null, null)),
            optional("cost", new FieldType.Money(null, null, null)),
            optional("open", Plain.BOOLEAN),
            optional("at", Plain.TIMESTAMP),
            optional("day", Plain.DATE),
            optional("hour", Plain.TIME),
            optional("span", Plain.DURATION),
            optional("token", Plain.UUID),
            optional("place", Plain.POINT),
            optional("kind", new FieldType.Choice(List.of("red", "green", "blue"))),
            optional("extra", new FieldType.Json(null)),
            optional("data", new FieldType.Bytes(null)),
            optional("words", new FieldType.ListOf(Text.PLAIN)),
            optional("numbers", new FieldType.ListOf(new Whole(null, null))),
            optional("password", Plain.SECRET),
            optional("owner", new Reference("person", "items", OnDelete.CLEAR, false)),
            optional("parent", new Reference("item", "children", OnDelete.RESTRICT, false)),
            virtual("pieces", new Whole(null, null), PIECES),
            virtual("share", new FieldType.Decimal(18, 2, null, null), SHARE),
            virtual("worth", new FieldType.Money("EUR", null, null), WORTH),
            virtual("newest", Plain.TIMESTAMP, NEWEST)),
        List.of(
            new InverseList("children", "item", "parent", false),
            new InverseList("parts", "part", "item", true)),
        new Keys(List.of(List.of("code")), List.of(List.of("owner", "count")), List.of()));
  }

  private static Expression item(String field, Type type) {
    return new Expression.Get(
        new Expression.Variable(Expression.Variable.ROW, new Type.RowOf("item")), field, type);
  }

  private static Expression calculated(
      Expression.Operator operator, Expression left, Expression right) {
    return new Expression.Arithmetic(operator, left, right, left.type());
  }

  private static Expression rolled(
      Expression.Roll roll, String list, String of, String field, Type type) {
    var row = new Expression.Variable("r_1", new Type.RowOf(of));
    return new Expression.Rollup(
        roll,
        item(list, new Type.RowsOf(of)),
        "r_1",
        Expression.TRUE,
        new Expression.Get(row, field, type));
  }

  private static Field virtual(String name, FieldType type, Expression value) {
    var computed = new Field.Computed(Field.Computed.fitted(type, value), false);
    return new Field(
        name,
        type,
        false,
        Field.Traits.NONE,
        new Field.Filling(null, null, computed, null),
        Field.FieldAccess.OPEN,
        Field.Notes.NONE);
  }

  private static Entity part() {
    var quantity =
        new Expression.Get(
            new Expression.Variable(Expression.Variable.ROW, new Type.RowOf("part")),
            "quantity",
            Type.Scalar.INTEGER);
    var atLeastOne =
        new Compare(
            Comparison.GREATER_OR_EQUAL, quantity, new Literal(Value.of(1), Type.Scalar.INTEGER));
    return entity(
        "part",
        new Whole(null, null),
        List.of(
            Field.of("item", new Reference("item", "parts", OnDelete.CASCADE, true)),
            optional("position", new Whole(null, null)),
            Field.of("quantity", new Whole(null, null)),
            optional("note", Text.PLAIN)),
        List.of(),
        new Keys(
            List.of(List.of("item", "position")),
            List.of(),
            List.of(new Check("enough", atLeastOne, "must have at least one piece"))));
  }

  private static Entity label() {
    return entity("label", Text.PLAIN, List.of(Field.of("name", Text.PLAIN)), List.of(), Keys.NONE);
  }

  private static Entity entity(
      String name, FieldType id, List<Field> fields, List<InverseList> lists, Keys keys) {
    var all = new LinkedHashMap<String, Field>();
    all.put("id", Field.of("id", id));
    all.put("version", Field.of("version", new Whole(null, null)));
    all.put("createdAt", Field.of("createdAt", Plain.TIMESTAMP));
    all.put("updatedAt", Field.of("updatedAt", Plain.TIMESTAMP));
    fields.forEach(field -> all.put(field.name(), field));
    var byName = new LinkedHashMap<String, InverseList>();
    lists.forEach(list -> byName.put(list.name(), list));
    var past = new Past(PAST, name.equals("item") ? GONE : null);
    var life = new Life(!name.equals("label"), past, null, false, null);
    return new Entity(
        name, name + "s", all, byName, keys, life, Access.EVERYBODY, Entity.Notes.NONE);
  }

  private static Field optional(String name, FieldType type) {
    var field = Field.of(name, type);
    return new Field(
        name, type, false, field.traits(), field.filling(), field.access(), field.notes());
  }

  private static Field searched(String name) {
    var field = Field.of(name, Text.PLAIN);
    var searched = new Field.Traits(false, true, false, false, false, false);
    return new Field(
        name,
        field.type(),
        name.equals("title"),
        searched,
        field.filling(),
        field.access(),
        field.notes());
  }

  private static Map<String, Entity> entities(Entity... entities) {
    var byName = new LinkedHashMap<String, Entity>();
    Arrays.stream(entities).forEach(entity -> byName.put(entity.name(), entity));
    return byName;
  }
}
