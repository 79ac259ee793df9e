package engineroom.stores.sqlite;

import engineroom.data.JsonText;
import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.expression.Arguments;
import engineroom.expression.Evaluator;
import engineroom.expression.Expression.Variable;
import engineroom.migrate.Faults;
import engineroom.model.Model;
import engineroom.model.Stored;
import engineroom.problem.Violation;
import engineroom.stores.sql.EntitySql;
import engineroom.stores.sql.TableNames;
import engineroom.stores.sql.TableSql;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Works out the stored computed fields of the rows that a migration finds, once these are as they
/// are to be.
final class ComputedFill {
  private final SqliteConnection connection;
  private final Model model;
  private final Faults faults;
  private final Map<String, EntitySql> entities = new LinkedHashMap<>();
  private final SqliteTables rows;
  private final Evaluator evaluator;

  ComputedFill(SqliteConnection connection, Model model, Faults faults) {
    this.connection = connection;
    this.model = model;
    this.faults = faults;
    var tables = new TableNames(model);
    model.entities().values().forEach(e -> entities.put(e.name(), new EntitySql(tables, e)));
    this.rows = new SqliteTables(connection, entities);
    this.evaluator =
        new Evaluator(
            rows,
            Arguments.NONE,
            fact -> {
              throw new IllegalStateException("a computed value can't depend on " + fact.kind());
            });
  }

  /// Makes the field anew in every row.
  void fill(Stored stored) {
    var name = stored.entity().name();
    for (var id : ids(name)) {
      rows.find(name, id).ifPresent(row -> fill(stored, row));
    }
    if (stored.field().traits().search()) {
      new TableSql(new TableNames(model), stored.entity()).search().forEach(connection::execute);
    }
  }

  private List<Value> ids(String entity) {
    var sql = rows.entity(entity);
    var ids = new ArrayList<Value>();
    try (var found = connection.statement(sql.ids()).run()) {
      while (found.next()) {
        ids.add(sql.id(found, 0));
      }
    }
    return ids;
  }

  private void fill(Stored stored, Row row) {
    var field = stored.field();
    var value = evaluator.value(stored.value(), Map.of(Variable.ROW, row));
    if (value == Value.NULL && field.required()) {
      faults.add(
          stored.toString(),
          "Make its type optional with ?, or change these rows first.",
          new Violation(
              place(stored, row),
              "computed",
              "would have no value: it passes what can be kept, or divides by zero"));
    } else if (!value.equals(row.value(field.name()))) {
      var sql = rows.entity(stored.entity().name());
      var changed = List.of(field.name());
      var values = new ArrayList<>(sql.values(row.with(field.name(), value), changed));
      values.add(sql.id(row.id()));
      update(stored, row, sql.update(changed), values.toArray());
    }
  }

  private void update(Stored stored, Row row, String sql, @Nullable Object[] values) {
    try (var updated = connection.statement(sql).run(values)) {
      updated.next();
    } catch (SqliteFailure e) {
      if (!SqliteProblems.unique(e)) {
        throw e;
      }
      faults.add(
          stored.toString(),
          "Change these rows first, or leave out unique.",
          new Violation(place(stored, row), "unique", "must not be the same as in another row"));
    }
  }

  private static String place(Stored stored, Row row) {
    var id = JsonText.of(row.id()).replace("\"", "");
    return stored.entity().name() + " " + id + ": " + stored.field().name();
  }
}
