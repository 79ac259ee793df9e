package engineroom.stores.migrate;

import engineroom.data.JsonText;
import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.expression.Arguments;
import engineroom.expression.Evaluator;
import engineroom.expression.Expression.Variable;
import engineroom.expression.Lookup;
import engineroom.migrate.Faults;
import engineroom.model.Model;
import engineroom.model.Stored;
import engineroom.problem.Violation;
import engineroom.stores.sql.EntitySql;
import engineroom.stores.sql.TableNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Works out the stored computed fields of the rows that a migration finds, once these are as they
/// are to be.
public final class ComputedRows {
  private final Ground ground;
  private final SqlSession connection;
  private final TableNames tables;
  private final Lookup rows;
  private final Evaluator evaluator;
  private final Faults faults;

  /// @param rows as the connection sees them
  public ComputedRows(Ground ground, Model model, Lookup rows, Faults faults) {
    this.ground = ground;
    this.connection = ground.session();
    this.tables = ground.tables(model);
    this.rows = rows;
    this.faults = faults;
    this.evaluator =
        new Evaluator(
            rows,
            Arguments.NONE,
            fact -> {
              throw new IllegalStateException("a computed value can't depend on " + fact.kind());
            });
  }

  /// Makes the field anew in every row.
  public void fill(Stored stored) {
    var sql = new EntitySql(tables, stored.entity());
    for (var id : ids(sql)) {
      rows.find(stored.entity().name(), id).ifPresent(row -> fill(stored, sql, row));
    }
    if (stored.field().traits().search()) {
      ground.search(tables, stored.entity());
    }
  }

  private List<Value> ids(EntitySql sql) {
    var ids = new ArrayList<Value>();
    try (var found = connection.rows(sql.ids())) {
      while (found.next()) {
        ids.add(sql.id(found, 0));
      }
    }
    return ids;
  }

  private void fill(Stored stored, EntitySql sql, Row row) {
    var field = stored.field();
    var value = evaluator.value(stored.value(), Map.of(Variable.ROW, row));
    if (value == Value.NULL && field.required()) {
      var id = JsonText.of(row.id()).replace("\"", "");
      faults.add(
          stored.toString(),
          "Make its type optional with ?, or change these rows first.",
          new Violation(
              stored.entity().name() + " " + id + ": " + field.name(),
              "computed",
              "would have no value: it passes what can be kept, or divides by zero"));
    } else if (!value.equals(row.value(field.name()))) {
      var changed = List.of(field.name());
      var values = new ArrayList<>(sql.values(row.with(field.name(), value), changed));
      values.add(sql.id(row.id()));
      try (var updated = connection.rows(sql.update(changed), values.toArray())) {
        updated.next();
      }
    }
  }
}
