package engineroom.stores.mariadb.migrate;

import engineroom.stores.mariadb.migrate.Journal.Move;
import engineroom.stores.migrate.Migration;
import engineroom.stores.migrate.MigrationSql;
import engineroom.stores.migrate.SqlSession;
import engineroom.stores.session.SessionFailure;
import engineroom.stores.sql.TableSql;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The tables that stand aside during a migration. In the end they are dropped; those that lose
/// values stay, under names that tell when that was.
final class Aside {
  private static final String NAME = "_engineroom_old_";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd_HHmmss").withZone(ZoneOffset.UTC);

  private final MariaCatalog catalog;
  private final Journal journal;
  private final Migration migration;
  private final String backup;
  private final List<String> dropped = new ArrayList<>();
  private final Map<String, String> kept = new LinkedHashMap<>();
  private final List<String> views;
  private int tables;

  Aside(MariaCatalog catalog, Journal journal, Migration migration, Instant now) {
    this.catalog = catalog;
    this.journal = journal;
    this.migration = migration;
    this.backup =
        "engineroom_backup_" + TIME.format(now) + "_" + (migration.recorded().number() + 1);
    this.views = catalog.views().stream().filter(this::read).toList();
  }

  private boolean read(String view) {
    try (var rows = catalog.session().rows(MigrationSql.nothingOf(view))) {
      rows.next();
      return true;
    } catch (SessionFailure _) {
      return false; // it gave nothing before
    }
  }

  /// A name that nobody has.
  String name() {
    return NAME + ++tables;
  }

  /// Sets a table aside that goes.
  Move drop(String table) {
    var name = name();
    dropped.add(name);
    return new Move(table, name);
  }

  /// Sets a table aside that loses values; an empty one just goes.
  Move keep(String table) {
    if (!rows(table)) {
      return drop(table);
    }
    var name = name();
    kept.put(name, backup + "__" + table);
    return new Move(table, name);
  }

  private boolean rows(String table) {
    try (var rows = catalog.session().rows("SELECT 1 FROM " + TableSql.name(table) + " LIMIT 1")) {
      return rows.next();
    }
  }

  /// The views that could be read before.
  List<String> views() {
    return views;
  }

  /// Leaves what becomes of them to the end.
  void later() {
    var references = catalog.references();
    dropped.forEach(table -> journal.later(Journal.dropped(table)));
    kept.forEach(
        (table, name) -> {
          references.stream()
              .filter(reference -> reference.table().equals(table))
              .forEach(reference -> journal.later(table, MariaReferences.dropped(reference)));
          journal.later(
              table,
              "RENAME TABLE %s TO %s".formatted(TableSql.name(table), TableSql.name(named(name))));
        });
  }

  private String named(String name) {
    return session().dialect().tables().named(name);
  }

  private SqlSession session() {
    return catalog.session();
  }

  /// Where values are that the migration's tables lost, or null.
  @Nullable String backup() {
    if (migration.losing().isEmpty() || kept.isEmpty()) {
      return null;
    }
    return kept.values().stream().map(this::named).collect(Collectors.joining(", ", "tables ", ""));
  }
}
