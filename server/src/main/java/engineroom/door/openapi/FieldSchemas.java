package engineroom.door.openapi;

import engineroom.expression.Expression;
import engineroom.expression.Rewrite;
import engineroom.json.Json;
import engineroom.model.Field;
import engineroom.model.FieldType;
import engineroom.model.Model;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Describes what a field holds as JSON Schema 2020-12.
final class FieldSchemas {
  private final Model model;
  private final Sight sight;

  FieldSchemas(Model model, Sight sight) {
    this.model = model;
    this.sight = sight;
  }

  /// As answers show it.
  Json shown(Field field) {
    var schema =
        field.type() instanceof FieldType.Reference(var entity, _, _, _)
            ? rowOf(entity)
            : value(field.type());
    boolean always = field.required() && !(field.virtual() && mayPassLimits(field));
    return described(field, fixed(field, always ? schema : orNull(schema)));
  }

  /// Whether a value that nobody keeps may be greater than can be told.
  private static boolean mayPassLimits(Field field) {
    var computed = field.filling().computed();
    return computed != null && calculates(computed.value());
  }

  private static boolean calculates(Expression expression) {
    return expression instanceof Expression.Arithmetic
        || expression instanceof Expression.Rollup
        || (expression instanceof Expression.Call(var function, _, _)
            && function == Expression.Function.ROUND)
        || Rewrite.children(expression).stream().anyMatch(FieldSchemas::calculates);
  }

  /// As bodies give it on creation.
  Json given(Field field) {
    var schema = input(field.type());
    return described(field, field.required() ? schema : orNull(schema));
  }

  /// As a change gives it: a value, or what is done to the one there.
  Json changed(Field field) {
    var schema = field.required() ? input(field.type()) : orNull(input(field.type()));
    var edit =
        switch (field.type()) {
          case FieldType.Whole _, FieldType.Decimal _, FieldType.Number _, FieldType.Money _ ->
              edit(new Draft().put("$add", value(unlimited(field.type()))), "$add");
          case FieldType.ListOf list ->
              edit(new Draft().put("$append", value(list)).put("$remove", value(list)), null);
          case FieldType.Text _,
              FieldType.Plain _,
              FieldType.Choice _,
              FieldType.Json _,
              FieldType.Bytes _,
              FieldType.Reference _ ->
              null;
        };
    return described(field, edit == null ? schema : anyOf(schema, edit));
  }

  /// Exact numbers are also taken as numbers, money of one currency by its amount alone.
  private Json input(FieldType type) {
    return switch (type) {
      case FieldType.Decimal _ -> anyOf(value(type), Draft.of("type", "number").json());
      case FieldType.Money(var currency, var min, var max) when currency != null ->
          anyOf(value(type), value(new FieldType.Whole(min, max)));
      case FieldType other -> value(other);
    };
  }

  /// One value of a type, as answers show it and as bodies may give it.
  Json value(FieldType type) {
    return switch (type) {
      case FieldType.Text text -> text(text);
      case FieldType.Whole(var min, var max) ->
          Draft.of("type", "integer")
              .put("format", "int64")
              .put("minimum", min)
              .put("maximum", max)
              .json();
      case FieldType.Decimal(_, _, var min, var max) ->
          Draft.of("type", "string")
              .put("format", "decimal")
              .put("pattern", "^-?[0-9]+(\\.[0-9]+)?$")
              .put("description", limits(min, max))
              .json();
      case FieldType.Number(var min, var max) ->
          Draft.of("type", "number")
              .put("format", "double")
              .put("minimum", min)
              .put("maximum", max)
              .json();
      case FieldType.Money money -> money(money);
      case FieldType.Plain plain -> plain(plain);
      case FieldType.Choice(var values) ->
          Draft.of("type", "string").put("enum", Draft.texts(values)).json();
      case FieldType.Json _ -> Draft.of("description", "Any JSON.").json();
      case FieldType.Bytes(var max) ->
          Draft.of("type", "string")
              .put("contentEncoding", "base64")
              .put("maxLength", max == null ? null : (max + 2L) / 3 * 4)
              .json();
      case FieldType.Reference(var entity, _, _, _) -> reference(entity);
      case FieldType.ListOf(var element) ->
          Draft.of("type", "array").put("items", value(element)).json();
    };
  }

  /// A sample of a type for examples.
  Json sample(FieldType type) {
    return Samples.of(type, entity -> model.entity(entity).field("id").type());
  }

  private Json rowOf(String entity) {
    if (sight.reads(entity)) {
      return Draft.ref("schemas", OpenApiDocument.title(entity));
    }
    return object(new Draft().put("id", id(entity)))
        .put("required", Draft.texts(List.of("id")))
        .json();
  }

  /// A row by its id, alone or as an object.
  Json reference(String entity) {
    var object = object(new Draft().put("id", id(entity)));
    return anyOf(id(entity), object.put("required", Draft.texts(List.of("id"))).json());
  }

  /// The id of an entity's rows.
  Json id(String entity) {
    return value(model.entity(entity).field("id").type());
  }

  private static Json text(FieldType.Text text) {
    var draft =
        Draft.of("type", "string").put("minLength", text.min()).put("maxLength", text.max());
    var pattern =
        switch (text.format()) {
          case PLAIN, EMAIL, URL -> text.pattern();
          case SLUG -> "^[a-z0-9]+(-[a-z0-9]+)*$";
          case PHONE -> "^\\+[1-9][0-9]{1,14}$";
          case COUNTRY -> "^[A-Z]{2}$";
          case LOCALE -> "^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$";
        };
    var format =
        switch (text.format()) {
          case EMAIL -> "email";
          case URL -> "uri";
          case PLAIN, SLUG, PHONE, COUNTRY, LOCALE -> null;
        };
    return draft.put("format", format).put("pattern", pattern).json();
  }

  private static Json money(FieldType.Money money) {
    var amount =
        Draft.of("type", "integer")
            .put("format", "int64")
            .put("minimum", money.min())
            .put("maximum", money.max())
            .put("description", "Minor units: 1250 is 12.50.");
    var currency =
        Draft.of("type", "string").put("pattern", "^[A-Z]{3}$").put("const", money.currency());
    return object(new Draft().put("amount", amount).put("currency", currency))
        .put("required", Draft.texts(List.of("amount", "currency")))
        .json();
  }

  private static Json plain(FieldType.Plain plain) {
    return switch (plain) {
      case BOOLEAN -> Draft.of("type", "boolean").json();
      case TIMESTAMP -> formatted("date-time");
      case DATE -> formatted("date");
      case TIME ->
          Draft.of("type", "string").put("pattern", "^\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?$").json();
      case DURATION -> formatted("duration");
      case UUID -> formatted("uuid");
      case SECRET -> Draft.of("type", "string").put("format", "password").yes("writeOnly").json();
      case POINT ->
          object(new Draft().put("latitude", degrees(90)).put("longitude", degrees(180)))
              .put("required", Draft.texts(List.of("latitude", "longitude")))
              .json();
    };
  }

  private static Json formatted(String format) {
    return Draft.of("type", "string").put("format", format).json();
  }

  private static Draft degrees(int most) {
    return Draft.of("type", "number").put("minimum", -most).put("maximum", most);
  }

  private static String limits(@Nullable Number min, @Nullable Number max) {
    return "An exact number"
        + (min == null ? "" : ", at least " + min)
        + (max == null ? "" : ", at most " + max)
        + ".";
  }

  private static FieldType unlimited(FieldType type) {
    return switch (type) {
      case FieldType.Whole _ -> new FieldType.Whole(null, null);
      case FieldType.Money(var currency, _, _) -> new FieldType.Money(currency, null, null);
      case FieldType.Number _ -> new FieldType.Number(null, null);
      case FieldType.Decimal(var precision, var scale, _, _) ->
          new FieldType.Decimal(precision, scale, null, null);
      case FieldType other -> other;
    };
  }

  private static Json edit(Draft members, @Nullable String needed) {
    var object = object(members);
    return (needed == null
            ? object.put("minProperties", 1)
            : object.put("required", Draft.texts(List.of(needed))))
        .json();
  }

  /// An object with these members and no others.
  static Draft object(Draft properties) {
    return Draft.of("type", "object").put("properties", properties).no("additionalProperties");
  }

  /// An object with these members and no others, of which some must be there.
  static Json closed(Draft properties, List<String> required) {
    return object(properties)
        .put("required", required.isEmpty() ? null : Draft.texts(required))
        .json();
  }

  /// One of these, or several at once.
  static Json anyOf(Json first, Json second) {
    return anyOf(List.of(first, second));
  }

  static Json anyOf(List<Json> schemas) {
    return new Draft().put("anyOf", new Json.Arr(schemas)).json();
  }

  /// The same, or null.
  static Json orNull(Json schema) {
    var none = Draft.of("type", "null").json();
    if (!(schema instanceof Json.Obj(var members))
        || !(members.get("type") instanceof Json.Text type)
        || members.containsKey("const")) {
      return anyOf(schema, none);
    }
    var copy = new LinkedHashMap<>(members);
    copy.put("type", new Json.Arr(List.of(type, new Json.Text("null"))));
    if (members.get("enum") instanceof Json.Arr(var values)) {
      var more = new ArrayList<>(values);
      more.add(Json.Null.NULL);
      copy.put("enum", new Json.Arr(more));
    }
    return new Json.Obj(copy);
  }

  /// Says of what nobody gives that it is only read.
  private static Json fixed(Field field, Json schema) {
    return field.computed() ? with(schema, "readOnly", new Json.Bool(true)) : schema;
  }

  private static Json with(Json schema, String name, Json value) {
    if (!(schema instanceof Json.Obj(var members))) {
      return schema;
    }
    var copy = new LinkedHashMap<>(members);
    copy.put(name, value);
    return new Json.Obj(copy);
  }

  private static Json described(Field field, Json schema) {
    var text = field.notes().description();
    return text == null ? schema : with(schema, "description", new Json.Text(text));
  }
}
