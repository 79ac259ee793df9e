package engineroom.rows;

import engineroom.json.Json;
import engineroom.json.JsonLimits;
import engineroom.json.JsonReader;
import engineroom.model.Entity;
import engineroom.model.Field;
import engineroom.model.FieldType;
import engineroom.model.Model;
import engineroom.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/// Turns the cells of one CSV row into the JSON that the other formats hold. A column is a field,
/// or a part of one behind a dot; an empty cell is absent.
public final class CsvCells {
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?");

  private final Model model;
  private final Entity entity;
  private final List<String> columns;

  /// @param columns names of fields, or of parts of one behind a dot
  public CsvCells(Model model, Entity entity, List<String> columns) {
    this.model = model;
    this.entity = entity;
    this.columns = columns;
  }

  /// How many cells a row has.
  public int width() {
    return columns.size();
  }

  /// One row; cells that are empty are left out.
  ///
  /// @param mistakes takes the column and what is wrong with its cell
  public Json.Obj row(List<String> cells, BiConsumer<String, String> mistakes) {
    var row = new LinkedHashMap<String, Json>();
    var parts = new LinkedHashMap<String, Map<String, Json>>();
    for (int i = 0; i < columns.size(); i++) {
      if (!cells.get(i).isEmpty()) {
        cell(columns.get(i), cells.get(i), row, parts, mistakes);
      }
    }
    parts.forEach((name, members) -> row.merge(name, new Json.Obj(members), CsvCells::both));
    return new Json.Obj(row);
  }

  private void cell(
      String column,
      String cell,
      Map<String, Json> row,
      Map<String, Map<String, Json>> parts,
      BiConsumer<String, String> mistakes) {
    int dot = column.indexOf('.');
    if (dot >= 0) {
      var name = column.substring(0, dot);
      var part = column.substring(dot + 1);
      parts.computeIfAbsent(name, _ -> new LinkedHashMap<>()).put(part, part(name, part, cell));
      return;
    }
    try {
      row.put(column, whole(column, cell));
    } catch (Unfit unfit) {
      mistakes.accept(column, unfit.text());
    }
  }

  /// An amount in a column of its own, beside its currency.
  private static Json both(Json whole, Json parts) {
    if (!(parts instanceof Json.Obj(var members)) || members.containsKey("amount")) {
      return parts;
    }
    var more = new LinkedHashMap<String, Json>();
    more.put("amount", whole);
    more.putAll(members);
    return new Json.Obj(more);
  }

  private Json whole(String column, String cell) {
    Optional<FieldType> type = entity.findField(column).map(Field::type);
    return type.isPresent() ? json(type.get(), cell) : new Json.Text(cell);
  }

  private Json json(FieldType type, String cell) {
    return switch (type) {
      case FieldType.Whole _, FieldType.Decimal _, FieldType.Number _, FieldType.Money _ ->
          number(cell);
      case FieldType.Plain.BOOLEAN ->
          cell.equals("true") || cell.equals("false")
              ? new Json.Bool(cell.equals("true"))
              : new Json.Text(cell);
      case FieldType.Json _ -> parsed(cell);
      case FieldType.ListOf(var element) ->
          new Json.Arr(List.of(cell.split("\\|")).stream().map(e -> json(element, e)).toList());
      case FieldType.Text _, FieldType.Plain _, FieldType.Choice _, FieldType.Bytes _ ->
          new Json.Text(cell);
      case FieldType.Reference(var target, _, _, _) -> id(target, cell);
    };
  }

  /// An id of another entity.
  private Json id(String target, String cell) {
    return model.entity(target).field("id").type() instanceof FieldType.Whole
        ? number(cell)
        : new Json.Text(cell);
  }

  /// Amounts and degrees are numbers; a unique field of a row referred to is told from text by its
  /// own type later.
  private Json part(String name, String part, String cell) {
    var type = entity.findField(name).map(Field::type);
    if (part.equals("id") && type.orElse(null) instanceof FieldType.Reference reference) {
      return id(reference.entity(), cell);
    }
    return switch (part) {
      case "amount", "latitude", "longitude" -> number(cell);
      case String _ -> new Json.Text(cell);
    };
  }

  private static Json number(String cell) {
    return NUMBER.matcher(cell).matches() ? new Json.Num(cell) : new Json.Text(cell);
  }

  private static Json parsed(String cell) {
    try {
      return JsonReader.read(cell.getBytes(StandardCharsets.UTF_8), JsonLimits.defaults());
    } catch (ProblemException notJson) {
      throw new Unfit("is not JSON: " + notJson.problem().hint());
    }
  }
}
