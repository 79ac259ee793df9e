package engineroom.stores.sql;

import engineroom.model.Entity;
import engineroom.model.Field;
import engineroom.model.FieldType;
import engineroom.model.FieldType.Reference;
import engineroom.model.History;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What an entity's table looks like, and the statements that make it so.
public final class TableSql {
  private final TableNames tables;
  private final Dialect.Tables dialect;
  private final Entity entity;

  public TableSql(TableNames tables, Entity entity) {
    this.tables = tables;
    this.dialect = tables.dialect().tables();
    this.entity = entity;
  }

  /// What an index is made of.
  public record Index(boolean unique, List<String> columns) {
    public Index {
      columns = List.copyOf(columns);
    }

    @Override
    public String toString() {
      return (unique ? "unique " : "index ") + String.join(",", columns);
    }
  }

  /// What can't be changed in place: the type of a field's columns.
  public String type(Field field) {
    return switch (field.type()) {
      case Reference(var target, _, _, _) -> "reference " + target;
      case FieldType.Decimal(_, var scale, _, _) -> "decimal " + scale;
      case FieldType.Money(var currency, _, _) -> "money " + (currency == null ? "any" : currency);
      case FieldType.ListOf list -> "list " + list.element().type();
      case FieldType.Text text -> text.ignoreCase() ? "text ignoring case" : "text";
      case FieldType.Choice _ -> "text";
      case FieldType.Whole _,
          FieldType.Number _,
          FieldType.Plain _,
          FieldType.Json _,
          FieldType.Bytes _ ->
          field.type().type().toString();
    };
  }

  /// The limits of a field's values by kind: `min`, `max`, `values`.
  public Map<String, String> limits(Field field) {
    var limits = new TreeMap<String, String>();
    switch (field.type()) {
      case FieldType.Text text -> put(limits, text.min(), text.max());
      case FieldType.Whole(var min, var max) -> put(limits, min, max);
      case FieldType.Number(var min, var max) -> put(limits, min, max);
      case FieldType.Money(_, var min, var max) -> put(limits, min, max);
      case FieldType.Decimal decimal -> decimal(limits, decimal);
      case FieldType.Choice(var values) -> limits.put("values", String.join("\n", values));
      case FieldType.Bytes(var max) -> put(limits, null, max);
      case FieldType.Plain _, FieldType.Json _, Reference _, FieldType.ListOf _ -> {}
    }
    return limits;
  }

  private static void put(
      Map<String, String> limits,
      @org.jspecify.annotations.Nullable Object min,
      @org.jspecify.annotations.Nullable Object max) {
    if (min != null) {
      limits.put("min", min.toString());
    }
    if (max != null) {
      limits.put("max", max.toString());
    }
  }

  private static void decimal(Map<String, String> limits, FieldType.Decimal type) {
    var most = BigDecimal.ONE.scaleByPowerOfTen(type.precision()).subtract(BigDecimal.ONE);
    var min = type.min() == null ? most.negate() : type.min().movePointRight(type.scale());
    var max = type.max() == null ? most : type.max().movePointRight(type.scale());
    put(limits, min.max(most.negate()).toPlainString(), max.min(most).toPlainString());
  }

  /// The definitions of a field's columns by name, constraints included.
  public Map<String, String> columns(Field field) {
    var columns = new LinkedHashMap<String, String>();
    var form = tables.form(field);
    var names = tables.columns(field);
    for (var part = 0; part < names.size(); part++) {
      var type = dialect.type(field.type(), form, part);
      columns.put(names.get(part), type + (always(field) ? " NOT NULL" : ""));
    }
    var first = names.getFirst();
    columns.merge(first, constraints(field, first), String::concat);
    if (TableNames.ignoresCase(field)) {
      columns.put(TableNames.folded(field.name()), dialect.type(field.type(), Form.Simple.TEXT, 0));
    }
    return columns;
  }

  /// Whether a row has the value from the beginning: what is computed may follow.
  private static boolean always(Field field) {
    return field.required() && !field.computed();
  }

  private String constraints(Field field, String column) {
    if (History.isPast(entity.name()) && !field.name().equals("id")) {
      return ""; // what was right once stays as it was
    }
    if (field.name().equals("id")) {
      return dialect.identity(entity);
    }
    var sql = new StringBuilder();
    if (field.type() instanceof Reference reference) {
      sql.append(dialect.refers(reference.entity()));
    }
    limits(field)
        .forEach((kind, limit) -> sql.append(check(kind, limit, column, tables.form(field))));
    return sql.toString();
  }

  private String check(String kind, String limit, String column, Form form) {
    var measured = dialect.measured(form, Sql.name(column));
    var condition =
        switch (kind) {
          case "min" -> measured + " >= " + dialect.limit(form, limit);
          case "max" -> measured + " <= " + dialect.limit(form, limit);
          default ->
              limit
                  .lines()
                  .map(Sql::quoted)
                  .collect(Collectors.joining(", ", Sql.name(column) + " IN (", ")"));
        };
    return " CONSTRAINT "
        + Sql.name(dialect.named(column + "__" + kind))
        + " CHECK ("
        + condition
        + ")";
  }

  /// Makes the table under a name.
  public String create(String name) {
    var columns = new ArrayList<String>();
    for (var field : entity.kept().values()) {
      columns(field)
          .forEach((column, definition) -> columns.add(Sql.name(column) + " " + definition));
    }
    return dialect.create(name, entity, columns);
  }

  /// The indexes by name.
  public Map<String, Index> indexes() {
    var indexes = new LinkedHashMap<String, Index>();
    for (var unique : entity.keys().uniques()) {
      if (!unique.equals(List.of("id"))) {
        add(indexes, new Index(true, tables.keyColumns(entity, unique)));
      }
    }
    for (var index : entity.keys().indexes()) {
      add(indexes, new Index(false, tables.keyColumns(entity, index)));
    }
    for (var field : entity.kept().values()) {
      if (field.type() instanceof Reference && !leads(indexes, field.name())) {
        add(indexes, new Index(false, List.of(field.name())));
      }
    }
    return indexes;
  }

  private static boolean leads(Map<String, Index> indexes, String column) {
    return indexes.values().stream().anyMatch(index -> index.columns().getFirst().equals(column));
  }

  private void add(Map<String, Index> indexes, Index index) {
    var name = entity.name() + "__" + String.join("__", index.columns());
    indexes.putIfAbsent(dialect.named(index.unique() ? name + "__unique" : name), index);
  }

  /// Makes an index.
  public String create(String name, Index index) {
    return "CREATE %sINDEX %s ON %s (%s)"
        .formatted(
            index.unique() ? "UNIQUE " : "",
            Sql.name(name),
            Sql.name(entity.name()),
            dialect.indexed(tables, entity, index));
  }

  /// Makes and fills the full-text index, in place of one that may be there; nothing where no field
  /// is searched.
  public List<String> search() {
    return dialect.search(entity);
  }

  /// Adds a field to the table.
  ///
  /// @param initial the values that present rows take, as constants of SQL; empty where it is null
  public List<String> add(Field field, List<String> initial) {
    var added = new ArrayList<String>();
    var part = 0;
    for (var column : columns(field).entrySet()) {
      var value = part < initial.size() ? " DEFAULT " + initial.get(part) : "";
      added.add(
          "ALTER TABLE %s ADD COLUMN %s %s%s"
              .formatted(
                  Sql.name(entity.name()), Sql.name(column.getKey()), column.getValue(), value));
      part++;
    }
    if (TableNames.ignoresCase(field)) {
      added.add(dialect.fold(entity, TableNames.folded(field.name()), field.name()));
    }
    return added;
  }

  /// A name as SQL quotes it.
  public static String name(String name) {
    return Sql.name(name);
  }

  /// A value as a constant of SQL.
  public static String constant(@org.jspecify.annotations.Nullable Object value) {
    return switch (value) {
      case null -> "NULL";
      case String text -> Sql.quoted(text);
      case byte[] bytes -> "x'" + java.util.HexFormat.of().formatHex(bytes) + "'";
      case Object number -> number.toString();
    };
  }
}
