package engineroom.stores.migrate;

import engineroom.migrate.EntityChange;
import engineroom.migrate.Faults;
import engineroom.migrate.RowChange;
import engineroom.migrate.RowNumbers;
import engineroom.model.Entity;
import engineroom.model.Model;
import engineroom.operation.FieldRules;
import engineroom.store.Transaction.Counter;
import engineroom.stores.sql.EntitySql;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads every row of a table, makes of it what it is to become, and keeps that if asked to.
public final class RowMover {
  private final Ground ground;
  private final SqlSession connection;
  private final FieldRules rules;
  private final Instant now;

  public RowMover(Ground ground, FieldRules rules, Instant now) {
    this.ground = ground;
    this.connection = ground.session();
    this.rules = rules;
    this.now = now;
  }

  /// Looks at every row and tells what does not fit.
  ///
  /// @param recorded the layout as a model
  /// @param entity the entity in it
  public void examine(EntityChange change, Model recorded, Entity entity, Faults faults) {
    var changes = new RowChange(change, rules, now);
    var tables = ground.tables(recorded);
    var before = new EntitySql(tables, entity);
    try (var rows = ground.every(new MigrationSql(tables, entity).rows())) {
      while (rows.next()) {
        changes.apply(before.row(rows), faults);
      }
    }
  }

  /// Writes every row as it is to be into the new table; all of them fit. Gives the last numbers of
  /// those that are counted.
  public Map<Counter, Long> move(TableChange table, Model recorded, Model model) {
    var numbers = counted(table, recorded);
    var changes = new RowChange(table.change(), rules, now);
    var faults = new Faults();
    var before = new EntitySql(ground.tables(recorded), table.before());
    var after = new EntitySql(ground.tables(model), table.change().after());
    var fields = table.change().after().kept().keySet();
    var key = table.beforeRows().keyColumn();
    boolean numbered = table.rows().numbered();
    var insert = table.rows().insert(table.fresh());
    try (var rows = ground.every(inOrder(table))) {
      while (rows.next()) {
        var row = numbers.number(changes.apply(before.row(rows), faults));
        var values = new ArrayList<@Nullable Object>();
        if (numbered) {
          values.add(rows.number(key));
        }
        values.addAll(after.values(row, fields));
        write(insert, values);
      }
    }
    if (!faults.none()) {
      throw new IllegalStateException("rows of " + table.change().name() + " changed meanwhile");
    }
    return numbers.last();
  }

  private static String inOrder(TableChange table) {
    var rows = table.beforeRows();
    return table.change().counted().isEmpty() ? rows.keyedRows() : rows.rowsByAge();
  }

  /// The numbers that rows have already: others go on behind them.
  private RowNumbers counted(TableChange table, Model recorded) {
    var change = table.change();
    var numbers = new RowNumbers(change.counted());
    if (change.counted().isEmpty()) {
      return numbers;
    }
    var changes = new RowChange(change, rules, now);
    var before = new EntitySql(ground.tables(recorded), table.before());
    try (var rows = ground.every(table.beforeRows().rows())) {
      while (rows.next()) {
        numbers.pass(changes.apply(before.row(rows), new Faults()));
      }
    }
    return numbers;
  }

  private void write(String insert, List<@Nullable Object> values) {
    try (var written = connection.rows(insert, values.toArray())) {
      written.next();
    }
  }
}
