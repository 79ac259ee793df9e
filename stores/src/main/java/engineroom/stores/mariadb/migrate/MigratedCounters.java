package engineroom.stores.mariadb.migrate;

import engineroom.store.Transaction.Counter;
import engineroom.stores.migrate.Counters;
import engineroom.stores.migrate.Migration;
import engineroom.stores.migrate.RowMover;
import engineroom.stores.migrate.SharedSteps;
import engineroom.stores.migrate.SqlSession;
import engineroom.stores.migrate.TableChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The counters of numbered rows: what rows were given while they moved is kept until the migration
/// is recorded.
final class MigratedCounters {
  private final Counters counters;
  private final Migration migration;
  private final List<Counter> forgotten = new ArrayList<>();
  private final Map<Counter, Long> numbers = new LinkedHashMap<>();

  MigratedCounters(SqlSession session, Migration migration) {
    this.counters = new Counters(session);
    this.migration = migration;
  }

  /// Moves rows into their new table, and remembers the numbers that they got.
  void moved(MariaGround ground, TableChange table, Instant now) {
    var recorded = migration.change().renamed().model();
    var given =
        new RowMover(ground, migration.rules(), now).move(table, recorded, migration.model());
    var name = table.change().name();
    table.change().counted().forEach(f -> forgotten.add(new Counter(name, f.name(), "")));
    numbers.putAll(given);
  }

  /// Has counters follow their entities and fields, within a transaction.
  void follow(SharedSteps shared) {
    migration.change().dropped().forEach(entity -> counters.forget(entity.name()));
    var renamed =
        migration.change().entities().stream().filter(change -> change.renamed()).toList();
    for (var change : renamed) {
      var old = SharedSteps.former(change);
      counters.rename(old, old + SharedSteps.RENAMED);
    }
    for (var change : renamed) {
      counters.rename(SharedSteps.former(change) + SharedSteps.RENAMED, change.name());
    }
    shared.counters();
    forgotten.forEach(field -> counters.forget(field.entity(), field.field()));
    numbers.forEach(counters::passed);
  }
}
