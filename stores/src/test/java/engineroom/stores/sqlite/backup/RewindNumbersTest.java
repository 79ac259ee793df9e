package engineroom.stores.sqlite.backup;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.model.Entity;
import engineroom.model.Field;
import engineroom.model.Field.Sequence;
import engineroom.model.FieldType.Plain;
import engineroom.model.FieldType.Whole;
import engineroom.model.Model;
import engineroom.outcome.Change;
import engineroom.outcome.Change.Kind;
import engineroom.outcome.Change.Origin;
import engineroom.store.Transaction;
import engineroom.store.Transaction.Counter;
import engineroom.stores.sqlite.SqliteDatabase;
import engineroom.testkit.ManualClock;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RewindNumbersTest {
  private static final Instant TIME = Instant.parse("2026-11-21T10:00:00Z");
  private static final Counter EXACT = new Counter("bill", "exact", "");
  private static final Counter FAST = new Counter("bill", "fast", "");
  private static final Model MODEL = model();

  @TempDir Path folder;
  private Path file;
  private BackupFolder backups;
  private SqliteDatabase database;

  private static Model model() {
    var fields = new LinkedHashMap<String, Field>();
    fields.put("id", Field.of("id", Plain.UUID));
    fields.put("version", Field.of("version", new Whole(null, null)));
    fields.put("createdAt", Field.of("createdAt", Plain.TIMESTAMP));
    fields.put("updatedAt", Field.of("updatedAt", Plain.TIMESTAMP));
    fields.put("exact", numbered("exact", new Sequence(true, 1, List.of(), null, null)));
    fields.put("fast", numbered("fast", new Sequence(false, 1, List.of(), null, null)));
    var keys = new Entity.Keys(List.of(List.of("exact"), List.of("fast")), List.of(), List.of());
    var bill =
        new Entity(
            "bill", "bills", fields, Map.of(), keys, Entity.Access.EVERYBODY, Entity.Notes.NONE);
    return new Model("Bills", "sqlite:bills.db", Map.of(), Map.of("bill", bill));
  }

  private static Field numbered(String name, Sequence sequence) {
    var field = Field.of(name, new Whole(null, null));
    return new Field(
        name,
        field.type(),
        true,
        field.traits(),
        new Field.Filling(null, null, null, sequence),
        field.access(),
        field.notes());
  }

  @BeforeEach
  void with_five_bills_and_a_backup_of_the_first_three() {
    file = folder.resolve("data/bills.db");
    backups = new BackupFolder(file, "Bills", new ManualClock(TIME));
    database = SqliteDatabase.open(file);
    bills(1, 3);
    backups.make();
    bills(4, 5);
  }

  @AfterEach
  void closed() {
    database.close();
  }

  private void bills(int from, int to) {
    for (int i = from; i <= to; i++) {
      int number = i;
      database
          .store(MODEL)
          .write(
              transaction -> {
                insert(transaction, number);
                return number;
              });
    }
  }

  private static void insert(Transaction transaction, int number) {
    var values = new LinkedHashMap<String, Value>();
    values.put("id", new Value.Uuid(new UUID(0x0198_0000_0000_7000L, number)));
    values.put("version", Value.of(1));
    values.put("createdAt", new Value.Timestamp(TIME));
    values.put("updatedAt", new Value.Timestamp(TIME));
    values.put("exact", Value.of(transaction.next(EXACT, 1)));
    values.put("fast", Value.of(transaction.next(FAST, 1)));
    var row = new Row(values);
    transaction.insert("bill", row);
    var origin = new Origin("guest", "request-" + number, TIME.plusSeconds(number));
    transaction.log(new Change(0, "bill", row.id(), Kind.CREATED, Map.of(), values, origin));
  }

  private static long next(Path file, Counter counter) {
    try (var opened = SqliteDatabase.open(file)) {
      return opened.store(MODEL).write(transaction -> transaction.next(counter, 1));
    }
  }

  @Test
  void gives_gap_free_numbers_again_that_came_after_the_moment() {
    for (int kept : List.of(4, 2, 0)) {
      var target = folder.resolve("to" + kept + "/bills.db");
      new Restore(backups, target).at(new Moment.Number(kept), MODEL);
      assertThat(next(target, EXACT)).as("behind " + kept).isEqualTo(kept + 1L);
      assertThat(next(target, FAST)).as("fast, behind " + kept).isGreaterThan(kept);
    }
  }
}
