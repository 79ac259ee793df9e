package engineroom.stores.migrate;

import engineroom.migrate.Layout;
import engineroom.migrate.Layout.EntityLayout;
import engineroom.migrate.Layout.FieldLayout;
import engineroom.migrate.ModelChange;
import engineroom.model.Entity;
import engineroom.model.Field;
import engineroom.model.FieldType;
import engineroom.model.Model;
import engineroom.stores.sql.Dialect;
import engineroom.stores.sql.TableNames;
import engineroom.stores.sql.TableSql;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads what the first versions recorded: parts of entities in words, without what only the engine
/// acts by. What they did not record is taken to be as the model has it now.
public final class FormerRecord {
  private static final String FIELD = "field ";
  private static final String INDEX = "index ";

  private final Model model;
  private final TableNames tables;
  private final Layout present;

  public FormerRecord(Model model, Dialect dialect) {
    this.model = model;
    this.tables = new TableNames(model, dialect);
    this.present = ModelChange.between(Layout.EMPTY, model).layout();
  }

  /// The layout that parts tell.
  ///
  /// @param parts definitions by part, by entity
  public Layout layout(Map<String, Map<String, String>> parts) {
    var numbered = new LinkedHashMap<String, EntityLayout>();
    var next = 1L;
    for (var entity : parts.entrySet()) {
      var made = entity(next, entity.getKey(), entity.getValue());
      next += 1 + made.fields().size();
      numbered.put(entity.getKey(), made);
    }
    return new Layout(next, numbered);
  }

  private EntityLayout entity(long number, String name, Map<String, String> parts) {
    var known = model.findEntity(name).orElse(null);
    var fields = new LinkedHashMap<String, FieldLayout>();
    var searched = List.of(parts.getOrDefault("search", "").split(",", -1));
    for (var part : parts.entrySet()) {
      if (part.getKey().startsWith(FIELD)) {
        var field = part.getKey().substring(FIELD.length());
        var id = number + 1 + fields.size();
        fields.put(field, field(id, field, new Parts(name, parts), searched.contains(field)));
      }
    }
    var now = present.entities().get(name);
    return new EntityLayout(
        number,
        name,
        fields,
        keys(parts, fields, "unique "),
        indexes(known, parts, fields),
        now == null ? Map.of() : now.checks());
  }

  /// The parts of one entity.
  private record Parts(String entity, Map<String, String> parts) {
    @Nullable String limit(String field, String kind) {
      return parts.get("limit " + field + " " + kind);
    }
  }

  private FieldLayout field(long id, String name, Parts parts, boolean searched) {
    var definition = parts.parts().getOrDefault(FIELD + name, "");
    var type = definition.substring(definition.indexOf(' ') + 1);
    boolean required = definition.startsWith("required ");
    var now = model.findEntity(parts.entity()).flatMap(e -> e.findField(name)).orElse(null);
    if (now != null && same(parts, now, type)) {
      var initial = initial(parts.entity(), name);
      return new FieldLayout(id, name, now.type(), required, searched, initial);
    }
    return new FieldLayout(id, name, type(parts, name, type), required, searched, "");
  }

  private String initial(String entity, String field) {
    var layout = present.entities().get(entity);
    var known = layout == null ? null : layout.fields().get(field);
    return known == null ? "" : known.initial();
  }

  /// Whether a field of the model would have been recorded like this.
  private boolean same(Parts parts, Field field, String type) {
    var table = new TableSql(tables, model.entity(parts.entity()));
    var limits = table.limits(field);
    return table.type(field).equals(type)
        && List.of("min", "max", "values").stream()
            .allMatch(
                kind ->
                    java.util.Objects.equals(limits.get(kind), parts.limit(field.name(), kind)));
  }

  private FieldType type(Parts parts, String field, String type) {
    var min = parts.limit(field, "min");
    var max = parts.limit(field, "max");
    var words = type.split(" ", 2);
    return switch (words[0]) {
      case "reference" ->
          new FieldType.Reference(
              words[1], parts.entity() + "s", FieldType.OnDelete.RESTRICT, false);
      case "decimal" -> decimal(Integer.parseInt(words[1]), min, max);
      case "money" ->
          new FieldType.Money(words[1].equals("any") ? null : words[1], whole(min), whole(max));
      case "list" -> new FieldType.ListOf(scalar(words[1], null, null));
      case "text" -> text(parts.limit(field, "values"), type, new Limits(min, max));
      default -> scalar(type, min, max);
    };
  }

  /// The least and the most, as text.
  private record Limits(@Nullable String min, @Nullable String max) {}

  private static FieldType text(@Nullable String values, String type, Limits limits) {
    if (values != null) {
      return new FieldType.Choice(values.lines().toList());
    }
    return new FieldType.Text(
        FieldType.Format.PLAIN,
        count(limits.min()),
        count(limits.max()),
        null,
        type.endsWith("ignoring case"),
        null);
  }

  private static FieldType decimal(int scale, @Nullable String min, @Nullable String max) {
    return new FieldType.Decimal(18, scale, unscaled(scale, min), unscaled(scale, max));
  }

  private static @Nullable BigDecimal unscaled(int scale, @Nullable String limit) {
    return limit == null ? null : new BigDecimal(limit).movePointLeft(scale);
  }

  private static FieldType scalar(String type, @Nullable String min, @Nullable String max) {
    return switch (type) {
      case "INTEGER" -> new FieldType.Whole(whole(min), whole(max));
      case "NUMBER" ->
          new FieldType.Number(
              min == null ? null : Double.valueOf(min), max == null ? null : Double.valueOf(max));
      case "JSON" -> new FieldType.Json(null);
      case "BYTES" -> new FieldType.Bytes(count(max));
      case "TEXT" -> FieldType.Text.PLAIN;
      case "DECIMAL" -> new FieldType.Decimal(18, 6, null, null);
      case "MONEY" -> new FieldType.Money(null, null, null);
      default -> FieldType.Plain.valueOf(type);
    };
  }

  private static @Nullable Long whole(@Nullable String number) {
    return number == null ? null : Long.valueOf(number);
  }

  private static @Nullable Integer count(@Nullable String number) {
    return number == null ? null : Integer.valueOf(number);
  }

  private static List<List<String>> keys(
      Map<String, String> parts, Map<String, FieldLayout> fields, String kind) {
    var keys = new ArrayList<List<String>>();
    parts.forEach(
        (part, definition) -> {
          if (part.startsWith(INDEX) && definition.startsWith(kind)) {
            keys.add(fields(definition.substring(kind.length()), fields));
          }
        });
    return keys;
  }

  /// The fields that columns belong to: `name__folded` to `name`.
  private static List<String> fields(String columns, Map<String, FieldLayout> fields) {
    return List.of(columns.split(",", -1)).stream()
        .map(column -> fields.containsKey(column) ? column : column.replaceAll("__[a-z]+$", ""))
        .distinct()
        .toList();
  }

  /// Indexes that the model declares now, and those that it does not have at all: the others come
  /// by themselves with references.
  private static List<List<String>> indexes(
      @Nullable Entity known, Map<String, String> parts, Map<String, FieldLayout> fields) {
    var found = keys(parts, fields, INDEX);
    var declared = known == null ? List.<List<String>>of() : known.keys().indexes();
    return found.stream()
        .filter(
            key ->
                declared.contains(key)
                    || key.size() > 1
                    || !isReference(fields.get(key.getFirst())))
        .toList();
  }

  private static boolean isReference(@Nullable FieldLayout field) {
    return field != null && field.type() instanceof FieldType.Reference;
  }
}
