package engineroom.stores.migrate;

import engineroom.migrate.Faults;
import engineroom.migrate.RowChange;
import engineroom.migrate.RowNumbers;
import engineroom.model.Model;
import engineroom.operation.FieldRules;
import engineroom.store.Transaction.Counter;
import engineroom.stores.sql.EntitySql;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;

/// Writes the fields of every row that get other values, in a table that is changed where it
/// stands.
public final class RowRewriter {
  private final Ground ground;
  private final FieldRules rules;
  private final Instant now;

  public RowRewriter(Ground ground, FieldRules rules, Instant now) {
    this.ground = ground;
    this.rules = rules;
    this.now = now;
  }

  /// Writes what follows from the values of before; all rows fit. Gives the last numbers of those
  /// that are counted.
  ///
  /// @param recorded the layout as a model, its entities called as they are now
  public Map<Counter, Long> rewrite(TableChange table, InPlace place, Model recorded, Model model) {
    var before = new EntitySql(ground.tables(recorded), table.before());
    var after = new EntitySql(ground.tables(model), table.change().after());
    var numbers = counted(table, place, before);
    var changes = new RowChange(table.change(), rules, now);
    var faults = new Faults();
    var update = after.update(place.written(), place.idColumn());
    try (var rows = ground.every(place.rows())) {
      while (rows.next()) {
        var old = before.row(rows);
        var row = numbers.number(changes.apply(old, faults));
        var values = new ArrayList<>(after.values(row, place.written()));
        values.add(before.id(old.id()));
        write(update, values.toArray());
      }
    }
    if (!faults.none()) {
      throw new IllegalStateException("rows of " + table.change().name() + " changed meanwhile");
    }
    return numbers.last();
  }

  /// The numbers that rows have already: others go on behind them.
  private RowNumbers counted(TableChange table, InPlace place, EntitySql before) {
    var numbers = new RowNumbers(table.change().counted());
    if (table.change().counted().isEmpty()) {
      return numbers;
    }
    var changes = new RowChange(table.change(), rules, now);
    try (var rows = ground.every(place.rows())) {
      while (rows.next()) {
        numbers.pass(changes.apply(before.row(rows), new Faults()));
      }
    }
    return numbers;
  }

  private void write(String update, Object[] values) {
    try (var written = ground.session().rows(update, values)) {
      written.next();
    }
  }
}
