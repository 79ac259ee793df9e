package engineroom.stores.migrate;

import engineroom.data.JsonText;
import engineroom.expression.Arguments;
import engineroom.expression.Evaluator;
import engineroom.expression.Expression.Variable;
import engineroom.expression.Lookup;
import engineroom.migrate.EntityChange;
import engineroom.migrate.Faults;
import engineroom.migrate.RowChange;
import engineroom.model.Entity;
import engineroom.model.Model;
import engineroom.problem.Violation;
import engineroom.stores.sql.EntitySql;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Looks for rows that stand in the way of what concerns more than one row: uniques, references,
/// and checks that reach further.
public final class KeyFaults {
  private static final String CHANGE_ROWS =
      "Change these rows first, or leave it out of the model.";

  private final Ground ground;
  private final Faults faults;

  public KeyFaults(Ground ground, Faults faults) {
    this.ground = ground;
    this.faults = faults;
  }

  /// Rows with the same values in fields that are to be unique.
  ///
  /// @param name the entity's, as it is told
  public void duplicates(
      String name, MigrationSql table, List<String> fields, List<String> columns) {
    var place = name + "." + String.join(",", fields);
    try (var rows = ground.session().rows(table.duplicates(columns))) {
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

  /// A row that refers to nothing.
  ///
  /// @param id as it is told
  public void reference(String entity, String id, String target) {
    faults.add(
        entity,
        "Let these rows refer to others first, or to none.",
        new Violation(
            entity + " " + id, "reference", "refers to a " + target + " that does not exist"));
  }

  /// Rows that break a check that is new.
  void checks(Model model, EntityChange change, Lookup rows, Instant now) {
    var checks = change.newChecks();
    if (checks.isEmpty()) {
      return;
    }
    var tables = ground.tables(model);
    var evaluator = new Evaluator(rows, Arguments.NONE, RowChange.clock(now));
    var own = new EntitySql(tables, change.after());
    var sql = new MigrationSql(tables, change.after()).rows();
    try (var found = ground.every(sql)) {
      while (found.next()) {
        var row = own.row(found);
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
