package engineroom.generate.typescript;

import static java.util.stream.Collectors.joining;

import engineroom.json.Json;
import engineroom.json.JsonWriter;
import engineroom.model.Field;
import engineroom.model.FieldType;
import engineroom.model.Model;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// What fields hold, as TypeScript. `er` is the module of the types that all models share.
record ScriptTypes(Model model) {
  private static final String TEXT = "string";
  private static final String NUMBER = "number";

  /// As answers show a field that has a value.
  String shown(FieldType type) {
    return switch (type) {
      case FieldType.Text _, FieldType.Decimal _, FieldType.Bytes _ -> TEXT;
      case FieldType.Whole _, FieldType.Number _ -> NUMBER;
      case FieldType.Money(var currency, _, _) ->
          currency == null ? "er.Money" : "er.Money<" + quoted(currency) + ">";
      case FieldType.Plain plain -> plain(plain);
      case FieldType.Choice(var values) -> choice(values);
      case FieldType.Json _ -> "er.Json";
      case FieldType.Reference(var entity, _, _, _) -> behind("er.Reference", entity);
      case FieldType.ListOf(var element) -> "readonly " + listed(shown(element)) + "[]";
    };
  }

  /// As a body gives it.
  String given(FieldType type) {
    return switch (type) {
      case FieldType.Decimal _ -> TEXT + " | " + NUMBER;
      case FieldType.Money(var currency, _, _) when currency != null ->
          shown(type) + " | " + NUMBER;
      case FieldType.Reference(var entity, _, _, _) -> behind("er.Referred", entity);
      case FieldType.ListOf(var element) -> "readonly " + listed(given(element)) + "[]";
      case FieldType other -> shown(other);
    };
  }

  /// As a change gives it: a value, or what is done to the one there.
  String changed(FieldType type) {
    return switch (type) {
      case FieldType.Whole _, FieldType.Number _ -> NUMBER + " | er.Add<" + NUMBER + ">";
      case FieldType.Decimal _ -> given(type) + " | er.Add<" + given(type) + ">";
      case FieldType.Money _ -> given(type) + " | er.Add<" + shown(type) + ">";
      case FieldType.ListOf(var element) -> given(type) + " | er.Edit<" + given(element) + ">";
      case FieldType other -> given(other);
    };
  }

  /// The conditions on a field.
  String where(Field field) {
    return switch (field.type()) {
      case FieldType.Text _ ->
          orValue(field.traits().search() ? "SearchedTextWhere" : "TextWhere", TEXT);
      case FieldType.Choice(var values) ->
          orValue("TextWhere<" + choice(values) + ">", choice(values));
      case FieldType.Whole _, FieldType.Number _ -> orValue("NumberWhere", NUMBER);
      case FieldType.Decimal _ -> orValue("DecimalWhere", TEXT + " | " + NUMBER);
      case FieldType.Money(var currency, _, _) ->
          currency == null ? "er.AnyMoneyWhere" : orValue("MoneyWhere", NUMBER);
      case FieldType.Plain plain -> where(plain);
      case FieldType.Json _, FieldType.Bytes _ -> "er.PresenceWhere";
      case FieldType.Reference(var entity, _, _, _) ->
          orValue("ValueWhere<" + id(entity) + ">", id(entity));
      case FieldType.ListOf(var element) -> "er.ValuesWhere<" + given(element) + ">";
    };
  }

  private String where(FieldType.Plain plain) {
    return switch (plain) {
      case BOOLEAN -> orValue("ValueWhere<boolean>", "boolean");
      case UUID -> orValue("ValueWhere<string>", TEXT);
      case TIMESTAMP, DATE -> orValue("TimeWhere", TEXT);
      case TIME, DURATION -> orValue("Ordered<string>", TEXT);
      case POINT -> "er.PointWhere";
      case SECRET -> "er.PresenceWhere";
    };
  }

  private static String orValue(String where, String value) {
    return "er." + where + " | " + value + " | null";
  }

  /// As totals show it: money as its minor units.
  String measured(FieldType type) {
    return type instanceof FieldType.Money ? NUMBER : shown(type);
  }

  private static String plain(FieldType.Plain plain) {
    return switch (plain) {
      case BOOLEAN -> "boolean";
      case TIMESTAMP, DATE, TIME, DURATION, UUID, SECRET -> TEXT;
      case POINT -> "er.Point";
    };
  }

  /// The type of an entity's ids.
  String id(String entity) {
    return shown(model.entity(entity).field("id").type());
  }

  private String behind(String generic, String entity) {
    var id = id(entity);
    return id.equals(TEXT) ? generic : generic + "<" + id + ">";
  }

  private static String choice(List<String> values) {
    return values.stream().map(ScriptTypes::quoted).collect(joining(" | "));
  }

  private static String listed(String element) {
    return element.contains(" ") ? "(" + element + ")" : element;
  }

  /// A text as a literal.
  static String quoted(String text) {
    return new String(JsonWriter.write(new Json.Text(text)), StandardCharsets.UTF_8);
  }
}
