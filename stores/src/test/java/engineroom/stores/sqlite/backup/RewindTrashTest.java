package engineroom.stores.sqlite.backup;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.outcome.Change;
import engineroom.outcome.Change.Kind;
import engineroom.outcome.Change.Origin;
import engineroom.outcome.TrashUnit;
import engineroom.outcome.TrashUnit.Counts;
import engineroom.outcome.TrashUnit.With;
import engineroom.store.Store;
import engineroom.store.Transaction;
import engineroom.stores.migration.Shop;
import engineroom.stores.sqlite.SqliteDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RewindTrashTest {
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
  private static final Row TEA = Shop.product(1, "tea");
  private static final Map<String, Value> VALUES = TEA.values();

  @TempDir Path folder;
  private Path file;
  private int requests;

  /// Created, deleted, brought back, deleted again: changes 1 to 4.
  @BeforeEach
  void a_row_that_came_and_went() {
    file = folder.resolve("shop.db");
    try (var database = SqliteDatabase.open(file)) {
      var store = database.store(Place.MODEL);
      write(store, RewindTrashTest::create);
      write(store, RewindTrashTest::delete);
      write(
          store,
          (transaction, origin) -> {
            create(transaction, origin);
            transaction.trash().takeOut(units(transaction).getFirst().number());
          });
      write(store, RewindTrashTest::delete);
    }
  }

  private void write(Store store, BiConsumer<Transaction, Origin> work) {
    var origin = new Origin("ann", "r" + ++requests, NOW.plusSeconds(requests));
    store.write(
        transaction -> {
          work.accept(transaction, origin);
          return origin;
        });
  }

  private static void create(Transaction transaction, Origin origin) {
    transaction.insert("product", TEA);
    transaction.log(new Change(0, "product", TEA.id(), Kind.CREATED, Map.of(), VALUES, origin));
  }

  private static void delete(Transaction transaction, Origin origin) {
    transaction.delete("product", TEA.id());
    transaction.log(new Change(0, "product", TEA.id(), Kind.DELETED, VALUES, Map.of(), origin));
    var until = origin.time().plus(Duration.ofDays(30));
    var counts = new Counts(Map.of("product", 1), Map.of());
    transaction
        .trash()
        .keep(
            new TrashUnit(0, "product", TEA, counts, origin, until),
            List.of(new With("product", Shop.product(2, "cup"))));
  }

  private static List<TrashUnit> units(Transaction transaction) {
    return transaction.trash().units("product", Long.MAX_VALUE, 10, NOW);
  }

  @Test
  void a_row_that_is_back_by_rewinding_is_not_in_the_trash_too() throws IOException {
    assertThat(at(1)).containsExactly("row");
    assertThat(at(3)).containsExactly("row");
  }

  @Test
  void a_row_that_was_brought_back_later_is_in_the_trash_again() throws IOException {
    assertThat(at(2)).containsExactly("unit of r2 with 1");
  }

  @Test
  void the_last_moment_has_the_trash_as_it_is() throws IOException {
    assertThat(at(4)).containsExactly("unit of r4 with 1");
  }

  /// What there is after going back to a change.
  private List<String> at(long sequence) throws IOException {
    var copy = folder.resolve("at-" + sequence + ".db");
    Files.copy(file, copy);
    new Rewind(copy, Place.MODEL).to(new Moment.Number(sequence));
    try (var database = SqliteDatabase.open(copy)) {
      return database.store(Place.MODEL).write(RewindTrashTest::found);
    }
  }

  private static List<String> found(Transaction transaction) {
    var found = new ArrayList<String>();
    transaction.find("product", TEA.id()).ifPresent(_ -> found.add("row"));
    units(transaction).forEach(unit -> found.add(told(transaction, unit)));
    return found;
  }

  private static String told(Transaction transaction, TrashUnit unit) {
    var others = transaction.trash().others(unit.number()).size();
    return "unit of " + unit.origin().requestId() + " with " + others;
  }
}
