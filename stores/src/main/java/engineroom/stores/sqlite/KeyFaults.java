package engineroom.stores.sqlite;

import engineroom.data.JsonText;
import engineroom.expression.Arguments;
import engineroom.expression.Evaluator;
import engineroom.expression.Expression.Variable;
import engineroom.migrate.EntityChange;
import engineroom.migrate.Faults;
import engineroom.migrate.RowChange;
import engineroom.model.Entity;
import engineroom.model.Model;
import engineroom.problem.Violation;
import engineroom.stores.migrate.MigrationSql;
import engineroom.stores.session.SessionTables;
import engineroom.stores.sql.EntitySql;
import engineroom.stores.sql.TableNames;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Looks for rows that stand in the way of what concerns more than one row: uniques, references,
/// and checks that reach further.
final class KeyFaults {
  private static final String CHANGE_ROWS =
      "Change these rows first, or leave it out of the model.";

  private final SqliteConnection connection;
  private final Faults faults;

  KeyFaults(SqliteConnection connection, Faults faults) {
    this.connection = connection;
    this.faults = faults;
  }

  /// Rows with the same values in fields that are to be unique.
  ///
  /// @param name the entity's, as it is told
  void duplicates(String name, MigrationSql table, List<String> fields, List<String> columns) {
    var place = name + "." + String.join(",", fields);
    try (var rows = connection.statement(table.duplicates(columns)).run()) {
      while (rows.next()) {
        var both = name + " " + rows.text(0) + " and " + rows.text(1);
        faults.add(
            place,
            CHANGE_ROWS,
            new Violation(
                both + ": " + String.join(", ", fields), "unique", "must not be the same"));
      }
    }
  }

  /// Rows that refer to nothing.
  void references(Model model) {
    for (var entity : model.entities().values()) {
      var table = new MigrationSql(new TableNames(model, connection.dialect()), entity);
      try (var rows = connection.statement(MigrationSql.foreignKeys(entity.name())).run()) {
        while (rows.next()) {
          var id = id(table, rows.number(1));
          faults.add(
              entity.name(),
              "Let these rows refer to others first, or to none.",
              new Violation(
                  entity.name() + " " + id,
                  "reference",
                  "refers to a " + rows.text(2) + " that does not exist"));
        }
      }
    }
  }

  private String id(MigrationSql table, long key) {
    try (var rows = connection.statement(table.idOf()).run(key)) {
      return rows.next() ? rows.text(0) : "with key " + key;
    }
  }

  /// Rows that break a check that is new.
  void checks(Model model, EntityChange change, Instant now) {
    var checks = change.newChecks();
    if (checks.isEmpty()) {
      return;
    }
    var tables = new TableNames(model, connection.dialect());
    var entities = new LinkedHashMap<String, EntitySql>();
    model.entities().values().forEach(e -> entities.put(e.name(), new EntitySql(tables, e)));
    var lookup = new SessionTables(connection, entities);
    var evaluator = new Evaluator(lookup, Arguments.NONE, RowChange.clock(now));
    var own = new EntitySql(tables, change.after());
    var sql = new MigrationSql(tables, change.after()).rows();
    try (var rows = connection.statement(sql).run()) {
      while (rows.next()) {
        var row = own.row(rows);
        checks.stream()
            .filter(check -> !evaluator.holds(check.condition(), Map.of(Variable.ROW, row)))
            .forEach(
                check -> broken(change.name(), check, JsonText.of(row.id()).replace("\"", "")));
      }
    }
  }

  private void broken(String entity, Entity.Check check, String id) {
    faults.add(
        entity,
        CHANGE_ROWS,
        new Violation(entity + " " + id, "check/" + check.name(), check.message()));
  }
}
