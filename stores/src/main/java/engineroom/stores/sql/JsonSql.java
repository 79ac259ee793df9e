package engineroom.stores.sql;

import engineroom.authorize.Shape;
import engineroom.authorize.Shape.Member;
import engineroom.data.JsonText;
import engineroom.data.Type;
import engineroom.expression.Expression;
import engineroom.expression.Expression.Variable;
import engineroom.model.Field;
import engineroom.model.FieldType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes SQL that makes the JSON text of rows, piece by piece.
final class JsonSql {
  /// Makes JSON of a float; of null null.
  static final String NUMBER = "engineroom_number";

  /// Makes ISO 8601 of microseconds; of null null.
  static final String DURATION = "engineroom_duration";

  /// Makes base64 of bytes; of null null.
  static final String BASE64 = "engineroom_base64";

  private final ExpressionWriter writer;

  JsonSql(ExpressionWriter writer) {
    this.writer = writer;
  }

  /// The JSON object of a row.
  Sql object(Shape shape, Names.Table table, Names names) {
    var pieces = new JsonPieces();
    pieces.text("{");
    members(pieces, shape, table, names, "");
    pieces.text("}");
    return pieces.concat();
  }

  private void members(
      JsonPieces pieces, Shape shape, Names.Table table, Names names, String separator) {
    var before = separator;
    for (var member : shape.members()) {
      var name = new StringBuilder(before);
      JsonText.quote(name, member.name());
      pieces.text(name.append(':').toString());
      switch (member) {
        case Member.Plain(var field, var visible) ->
            pieces.add(seen(visible, json(field, table, names), names));
        case Member.One one -> pieces.add(one(one, table, names));
        case Member.Many many -> pieces.value(many(many, table, names));
      }
      before = ",";
    }
  }

  private JsonPieces seen(Expression visible, JsonPieces json, Names names) {
    if (visible.equals(Expression.TRUE)) {
      return json;
    }
    var condition = writer.condition(visible, names);
    return new JsonPieces()
        .value(Sql.of("CASE WHEN ", condition, " THEN ", json.concat(), " ELSE 'null' END"));
  }

  /// The JSON of a field's value; the text `null` where there is none.
  private JsonPieces json(Field field, Names.Table table, Names names) {
    if (field.virtual()) {
      return virtual(field, table, names);
    }
    var columns = writer.tables().columns(field).stream().map(table::column).toList();
    var json = pieces(writer.tables().form(field), columns);
    return field.required() ? json : orNullText(json.orNull());
  }

  /// Worked out once, however often its JSON mentions it.
  private JsonPieces virtual(Field field, Names.Table table, Names names) {
    var row = new Expression.Variable(Variable.ROW, new Type.RowOf(table.entity()));
    var get = new Expression.Get(row, field.name(), field.type().type());
    var value = writer.value(get, 0, names.with(Variable.ROW, table));
    var json = json(writer.tables().form(field), List.of("v"));
    return orNullText(Sql.of("(SELECT ", json, " FROM (SELECT ", value, " AS v))"));
  }

  private static JsonPieces orNullText(Sql json) {
    return new JsonPieces().value(Sql.of("ifnull(", json, ", 'null')"));
  }

  /// The JSON of a value that stands in columns; null of null.
  static Sql json(Form form, List<String> columns) {
    return pieces(form, columns).orNull();
  }

  /// The pieces of the JSON of a value that stands in columns; one of them is null for null.
  private static JsonPieces pieces(Form form, List<String> columns) {
    return switch (form) {
      case Form.Scaled(var scale) -> decimal(columns.getFirst(), scale);
      case Form.Money(var currency) -> money(columns, currency);
      case Form.Array _ -> new JsonPieces().value(columns.getFirst());
      case Form.Simple simple -> simple(simple, columns);
    };
  }

  private static JsonPieces simple(Form.Simple form, List<String> columns) {
    var column = columns.getFirst();
    var json = new JsonPieces();
    return switch (form) {
      case TEXT -> json.value("json_quote(" + column + ")");
      case UUID, TIMESTAMP, DATE, TIME, EXACT -> JsonPieces.quoted(column);
      case INTEGER, JSON -> json.value(column);
      case NUMBER -> json.value(NUMBER + "(" + column + ")");
      case BOOLEAN -> json.value("CASE " + column + " WHEN 1 THEN 'true' WHEN 0 THEN 'false' END");
      case DURATION -> JsonPieces.quoted(DURATION + "(" + column + ")");
      case BYTES -> JsonPieces.quoted(BASE64 + "(" + column + ")");
      case POINT ->
          json.text("{\"latitude\":")
              .value(NUMBER + "(" + column + ")")
              .text(",\"longitude\":")
              .value(NUMBER + "(" + columns.get(1) + ")")
              .text("}");
    };
  }

  /// The JSON of the id that a reference holds.
  private JsonPieces id(Member.One one, String column) {
    return writer.tables().form(one.field()) == Form.Simple.UUID
        ? JsonPieces.quoted(column)
        : new JsonPieces().value("json_quote(" + column + ")");
  }

  /// Digits before the point, and those behind it with the zeros they begin with. SQLite's `format`
  /// does the same in three times the time.
  private static JsonPieces decimal(String column, int scale) {
    if (scale == 0) {
      return JsonPieces.quoted(column);
    }
    var unit = "1" + "0".repeat(scale);
    return new JsonPieces()
        .text("\"")
        .value("iif(" + column + " < 0, '-', '')")
        .value("abs(" + column + " / " + unit + ")")
        .text(".")
        .value("substr(" + unit + " + abs(" + column + " % " + unit + "), 2)")
        .text("\"");
  }

  private static JsonPieces money(List<String> columns, @Nullable String currency) {
    var json = new JsonPieces().text("{\"amount\":").value(columns.getFirst());
    json.text(",\"currency\":");
    return currency == null
        ? json.value("json_quote(" + columns.get(1) + ")").text("}")
        : json.text("\"" + currency + "\"}");
  }

  private JsonPieces one(Member.One one, Names.Table table, Names names) {
    var id = table.column(one.name());
    var alone = new JsonPieces().text("{\"id\":").add(id(one, id)).text("}");
    if (one.shape().members().isEmpty()) {
      var json = one.field().required() ? alone : orNullText(alone.orNull());
      return seen(one.visible(), json, names);
    }
    var whole = Sql.of("ifnull(", expanded(one, id, names), ", ", alone.orNull(), ")");
    return seen(one.visible(), orNullText(whole), names);
  }

  private Sql expanded(Member.One one, String id, Names names) {
    var target = ((FieldType.Reference) one.field().type()).entity();
    var table = names.fresh(target);
    var inner = names.with(Variable.ROW, table);
    var pieces = new JsonPieces();
    pieces.text("{\"id\":").add(id(one, id));
    members(pieces, one.shape(), table, inner, ",");
    pieces.text("}");
    return Sql.of("(SELECT ", pieces.concat(), " FROM ", RowWriter.from(table), " WHERE ")
        .add(
            Sql.of(
                table.column("id"), " = ", id, " AND ", writer.condition(one.guard(), inner), ")"));
  }

  private Sql many(Member.Many many, Names.Table owner, Names names) {
    var table = names.fresh(many.entity());
    var inner = names.with(Variable.ROW, table);
    var json = object(many.shape(), table, inner);
    return Sql.of("(SELECT '[' || ifnull(group_concat(j, ','), '') || ']' FROM (SELECT ")
        .add(Sql.of(json, " AS j FROM ", RowWriter.from(table), " WHERE "))
        .add(Sql.of(table.column(many.field()), " = ", owner.column("id"), " AND "))
        .add(Sql.of(writer.condition(many.filter(), inner), " ORDER BY "))
        .add(new SortWriter(writer).order(many.sort(), inner))
        .add(Sql.of(" LIMIT ", many.limit(), "))"));
  }
}
