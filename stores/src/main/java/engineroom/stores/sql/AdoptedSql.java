package engineroom.stores.sql;

import static engineroom.problem.ProblemException.problem;

import engineroom.data.IdParts;
import engineroom.data.Row;
import engineroom.data.Type;
import engineroom.data.Value;
import engineroom.model.Entity;
import engineroom.problem.OperationProblem.NotValid;
import engineroom.problem.Violation;
import engineroom.stores.sql.AdoptedTable.Filling;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The statements that read and write whole rows of an entity in somebody else's table.
final class AdoptedSql {
  private final TableNames tables;
  private final Entity entity;
  private final AdoptedTable table;
  private final List<String> key;

  AdoptedSql(TableNames tables, Entity entity, AdoptedTable table) {
    this.tables = tables;
    this.entity = entity;
    this.table = table;
    this.key = entity.idParts().isEmpty() ? List.of("id") : entity.idParts();
  }

  String all() {
    return "SELECT " + read(entity.kept().keySet()) + " FROM " + table.name();
  }

  String one() {
    return all() + where();
  }

  String ids() {
    return "SELECT " + read(List.of("id")) + " FROM " + table.name();
  }

  String listed(String reference) {
    return all() + referring(reference, key);
  }

  String referring(String reference) {
    return ids() + referring(reference, key);
  }

  private String referring(String reference, List<String> order) {
    var keys = order.stream().map(part -> table.column(part).name()).toList();
    return " WHERE " + table.column(reference).name() + " = ? ORDER BY " + String.join(", ", keys);
  }

  private String read(Collection<String> fields) {
    return fields.stream().map(name -> table.column(name).read()).collect(Collectors.joining(", "));
  }

  private String where() {
    return key.stream()
        .map(part -> table.column(part).name() + " = ?")
        .collect(Collectors.joining(" AND ", " WHERE ", ""));
  }

  /// What a row takes to be written; columns without a value are left to the table where it has one
  /// of its own.
  EntitySql.Insertion insertion(Row row) {
    var names = new ArrayList<String>();
    var marks = new ArrayList<String>();
    var values = new ArrayList<@Nullable Object>();
    for (var field : entity.kept().values()) {
      if (made(field.name())) {
        continue;
      }
      var column = table.column(field.name());
      var value = tables.dialect().values().encode(tables.form(field), 0, row.value(field.name()));
      if (value != null || column.filling() == Filling.NONE) {
        names.add(column.name());
        marks.add(written(field.name()));
        values.add(value);
      }
    }
    var sql =
        tables
            .dialect()
            .tables()
            .insertAdopted(table.name(), String.join(", ", names), String.join(", ", marks));
    return new EntitySql.Insertion(sql, values.toArray());
  }

  String update(Collection<String> fields) {
    var sets =
        fields.stream()
            .map(field -> table.column(field).name() + " = " + written(field))
            .collect(Collectors.joining(", "));
    return "UPDATE " + table.name() + " SET " + sets + where();
  }

  /// Whether a field is worked out of columns.
  private boolean made(String field) {
    return field.equals("version") || (field.equals("id") && !entity.idParts().isEmpty());
  }

  /// What is written into a column, unless the database works it out.
  private String written(String field) {
    var write = table.column(field).write();
    if (write == null) {
      var message = "is worked out by the database; leave it out";
      throw problem(new NotValid(List.of(new Violation(field, "read-only", message))));
    }
    return write;
  }

  String delete() {
    return "DELETE FROM " + table.name() + where();
  }

  /// A statement that gives a number; null where the table gives none.
  @Nullable String nextId() {
    return table.nextId();
  }

  /// The values of the columns that make an id.
  List<@Nullable Object> key(Value id) {
    var values = new ArrayList<@Nullable Object>();
    var parts = entity.idParts();
    if (parts.isEmpty()) {
      values.add(encoded("id", id));
    }
    for (var i = 0; i < parts.size(); i++) {
      values.add(encoded(parts.get(i), IdParts.part(id, i, parts.size(), type(parts.get(i)))));
    }
    return values;
  }

  private @Nullable Object encoded(String field, Value value) {
    return tables.dialect().values().encode(tables.form(entity.field(field)), 0, value);
  }

  private Type type(String field) {
    return tables.plain(entity.field(field).type().type());
  }
}
