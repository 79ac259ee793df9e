package engineroom.stores.sqlite.backup;

import static java.util.Objects.requireNonNull;

import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.model.Entity;
import engineroom.model.Field;
import engineroom.model.Field.Traits;
import engineroom.model.FieldType.Text;
import engineroom.model.History;
import engineroom.model.Life;
import engineroom.model.Model;
import engineroom.outcome.Change;
import engineroom.outcome.Change.Kind;
import engineroom.outcome.Change.Origin;
import engineroom.store.Store;
import engineroom.store.Transaction;
import engineroom.store.Versions;
import engineroom.stores.migration.Shop;
import engineroom.stores.sqlite.SqliteDatabase;
import engineroom.stores.sqlite.SqliteStore;
import engineroom.testkit.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/// An app's data folder with a database that is written to as the engine would: rows and the log of
/// their changes in one transaction.
final class Place implements AutoCloseable {
  static final Model MODEL = searched();

  final Path file;
  final ManualClock clock = new ManualClock(Instant.parse("2026-11-21T10:00:00Z"));
  final BackupFolder backups;
  private final Random random;
  private SqliteDatabase database;
  private SqliteStore store;
  private final Map<Long, Row> products = new TreeMap<>();
  private long next;
  private long requests;

  Place(Path folder, long seed) {
    file = folder.resolve("data/shop.db");
    random = new Random(seed);
    backups = new BackupFolder(file, "Corner shop", clock);
    open();
  }

  private static Model searched() {
    var name = Shop.PRODUCT.field("name");
    var found =
        new Field(
            "name",
            Text.PLAIN,
            true,
            new Traits(false, true, false, false, false, false),
            name.filling(),
            name.access(),
            name.notes());
    var fields = new LinkedHashMap<>(Shop.PRODUCT.fields());
    fields.put("name", found);
    var product =
        new Entity(
            "product",
            "products",
            fields,
            Shop.PRODUCT.lists(),
            Shop.PRODUCT.keys(),
            new Life(true, null, false, null),
            Shop.PRODUCT.access(),
            Shop.PRODUCT.notes());
    return Shop.model(Shop.CATEGORY, product);
  }

  void open() {
    database = SqliteDatabase.open(file);
    store = database.store(MODEL);
  }

  SqliteStore store() {
    return store;
  }

  @Override
  public void close() {
    database.close();
  }

  /// One operation of several rows, a second after the one before.
  synchronized void write() {
    clock.advance(Duration.ofSeconds(1));
    var origin = new Origin("guest", "request-" + ++requests, clock.instant());
    store.write(
        transaction -> {
          var writes = 1 + random.nextInt(3);
          for (var i = 0; i < writes; i++) {
            write(transaction, origin);
          }
          return writes;
        });
  }

  private void write(Transaction transaction, Origin origin) {
    var ids = new ArrayList<>(products.keySet());
    var choice = ids.isEmpty() ? 0 : random.nextInt(4);
    switch (choice) {
      case 0, 1 -> insert(transaction, ++next, origin);
      case 2 -> change(transaction, ids.get(random.nextInt(ids.size())), origin);
      default -> delete(transaction, ids.get(random.nextInt(ids.size())), origin);
    }
  }

  private void insert(Transaction transaction, long id, Origin origin) {
    var row = Shop.product(id, "tea \"é\" \uD83C\uDF75 " + random.nextInt(9));
    transaction.insert("product", row);
    versions(transaction).created(row, origin);
    products.put(id, row);
    transaction.log(new Change(0, "product", row.id(), Kind.CREATED, Map.of(), whole(row), origin));
  }

  private void change(Transaction transaction, long id, Origin origin) {
    var before = requireNonNull(products.get(id));
    var after =
        before
            .with("version", Value.of(before.version() + 1))
            .with("updatedAt", new Value.Timestamp(origin.time()))
            .with("name", Value.of("coffee " + random.nextInt()));
    var was = new LinkedHashMap<String, Value>();
    var is = new LinkedHashMap<String, Value>();
    for (var field : List.of("version", "updatedAt", "name")) {
      was.put(field, before.value(field));
      is.put(field, after.value(field));
    }
    transaction.update("product", after, is.keySet());
    versions(transaction).changed(before, after, origin);
    products.put(id, after);
    transaction.log(new Change(0, "product", before.id(), Kind.CHANGED, was, is, origin));
  }

  private void delete(Transaction transaction, long id, Origin origin) {
    var row = requireNonNull(products.remove(id));
    transaction.delete("product", row.id());
    versions(transaction).deleted(row, origin);
    transaction.log(new Change(0, "product", row.id(), Kind.DELETED, whole(row), Map.of(), origin));
  }

  private static Versions versions(Transaction transaction) {
    return new Versions(transaction, MODEL.entity("product"));
  }

  private static Map<String, Value> whole(Row row) {
    var values = new LinkedHashMap<String, Value>();
    MODEL.entity("product").fields().keySet().forEach(f -> values.put(f, row.value(f)));
    return values;
  }

  /// Everything that the model knows of, and the log, as one value to compare.
  State state() {
    return state(store);
  }

  static State state(SqliteStore store) {
    return store.scan(
        tables -> {
          var rows = new TreeMap<String, Map<String, Value>>();
          MODEL.entities().keySet().forEach(entity -> put(rows, entity, tables));
          var versions = new TreeMap<String, Map<String, Value>>();
          put(versions, History.past("product"), tables);
          return new State(rows, versions, store.changes(0, 100_000));
        });
  }

  private static void put(
      Map<String, Map<String, Value>> rows, String entity, Store.Tables tables) {
    for (var row : tables.rows(entity)) {
      rows.put(entity + " " + row.id(), new TreeMap<>(row.values()));
    }
  }

  /// The rows by entity and id, their versions, and the changes.
  record State(
      Map<String, Map<String, Value>> rows,
      Map<String, Map<String, Value>> versions,
      List<Change> changes) {
    long sequence() {
      return changes.isEmpty() ? 0 : changes.getLast().sequence();
    }
  }

  /// The rows that changes make, worked out without a database.
  static Map<String, Map<String, Value>> replayed(List<Change> changes) {
    var rows = new TreeMap<String, Map<String, Value>>();
    for (var change : changes) {
      var key = change.entity() + " " + change.id();
      switch (change.kind()) {
        case CREATED -> rows.put(key, new TreeMap<>(change.after()));
        case CHANGED -> requireNonNull(rows.get(key)).putAll(change.after());
        case DELETED -> rows.remove(key);
      }
    }
    return rows;
  }

  /// What another database file holds.
  static State state(Path file) {
    try (var database = SqliteDatabase.open(file)) {
      return state(database.store(MODEL));
    }
  }
}
