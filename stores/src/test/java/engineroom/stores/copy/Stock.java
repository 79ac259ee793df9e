package engineroom.stores.copy;

import static engineroom.testkit.ContractModel.id;
import static engineroom.testkit.ContractModel.itemRow;
import static engineroom.testkit.ContractModel.labelRow;
import static engineroom.testkit.ContractModel.partRow;
import static engineroom.testkit.ContractModel.personRow;

import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.model.Entity;
import engineroom.model.Entity.Notes;
import engineroom.model.Model;
import engineroom.outcome.Change;
import engineroom.outcome.Change.Kind;
import engineroom.outcome.KeptAnswer;
import engineroom.outcome.TrashUnit;
import engineroom.store.Store;
import engineroom.store.Transaction;
import engineroom.store.Transaction.Counter;
import engineroom.store.Versions;
import engineroom.testkit.ContractModel;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// A database with something of everything: all types of fields, texts that are hard to keep,
/// versions, trash, counters and kept answers. Labels are in no change log.
final class Stock {
  static final Model MODEL = model();

  private static final Instant NOW = Instant.parse("2026-08-01T09:00:00.123456Z");
  private static final Change.Origin BY = new Change.Origin("ann", "request-1", NOW);
  private static final Instant LATER = NOW.plus(Duration.ofDays(10_000));

  private static final List<String> NAUGHTY =
      List.of(
          "",
          " leading and trailing ",
          "'; DROP TABLE item; --",
          "\\x00 \\N \\ \"quoted\" 'single'",
          "tab\tline\nreturn\r bell\u0007 delete\u007f",
          "Ω≈ç√ 田中さん ليس 🏳️‍🌈 e\u0301 \ufeff \u202e \uffff",
          "{\"json\": [null, \"\\u0000\"]}",
          "$$ $1 ? %s {} :name");

  private final Store store;
  private final RandomGenerator random;

  Stock(Store store, RandomGenerator random) {
    this.store = store;
    this.random = random;
  }

  private static Model model() {
    var entities = new LinkedHashMap<>(ContractModel.MODEL.entities());
    var label = ContractModel.MODEL.entity("label");
    var unlogged = new Notes(null, null, null, /* changes= */ false);
    entities.put(
        "label",
        new Entity(
            label.name(),
            label.plural(),
            label.fields(),
            label.lists(),
            label.keys(),
            label.life(),
            label.access(),
            unlogged));
    return new Model("contract", "memory:", Map.of(), entities);
  }

  /// Fills an empty database: so many items, and others.
  void fill(int items) {
    write(
        transaction -> {
          for (var number = 0; number < 10; number++) {
            created(transaction, "person", person(number));
          }
          for (var number = 0; number < NAUGHTY.size(); number++) {
            transaction.insert("label", labelRow("label " + NAUGHTY.get(number)));
          }
        });
    for (var from = 0; from < items; from += 500) {
      var begin = from;
      write(
          transaction -> {
            for (var number = begin; number < Math.min(items, begin + 500); number++) {
              created(transaction, "item", item(number));
            }
          });
    }
    for (var time = 0; time < 20; time++) {
      change(items);
    }
  }

  private static Row person(int number) {
    var row = personRow(number).with("email", Value.of("P" + number + "@Example.org"));
    // the one with the least id refers to one behind it
    return number == 0 ? row : row.with("boss", id(number - 1L));
  }

  private String text() {
    return NAUGHTY.get(random.nextInt(NAUGHTY.size()));
  }

  private Row item(int number) {
    var row =
        itemRow(number)
            .with("details", Value.of("words of " + number + " " + text()))
            .with("code", Value.of("code-" + number))
            .with("note", Value.of("Note " + text()))
            .with("count", Value.of(random.nextLong()))
            .with("amount", new Value.Decimal(BigDecimal.valueOf(random.nextInt(), 4)))
            .with("ratio", new Value.Number(random.nextDouble() * Math.pow(10, number % 300)))
            .with("price", new Value.Money(random.nextInt(), "EUR"))
            .with("cost", new Value.Money(random.nextLong(), "JPY"))
            .with("open", Value.of(random.nextBoolean()))
            .with("owner", id(random.nextInt(10)));
    return number % 3 == 0 ? row : times(row, number);
  }

  private Row times(Row row, int number) {
    return row.with("at", new Value.Timestamp(NOW.minusNanos(random.nextLong(1L << 60))))
        .with("day", new Value.Date(LocalDate.of(1 + number % 9998, 2, 28)))
        .with("hour", new Value.Time(LocalTime.ofNanoOfDay(random.nextLong(86_400) * 1000)))
        .with("span", new Value.Span(Duration.ofMillis(random.nextInt())))
        .with("token", new Value.Uuid(new UUID(random.nextLong(), random.nextLong())))
        .with("place", new Value.Point(random.nextDouble(-90, 90), random.nextDouble(-180, 180)))
        .with("kind", Value.of("green"))
        .with("extra", new Value.Json("{\"b\":[1,2.50,null],\"a\":\"\\u0000 é\"}"))
        .with("data", new Value.Bytes(new byte[] {0, 1, (byte) 0xff, (byte) number}))
        .with("words", new Value.ListOf(List.of(Value.of(text()), Value.of(text()))))
        .with("numbers", new Value.ListOf(List.of(Value.of(1), Value.of(number))))
        .with("password", Value.of("$argon2id$" + number));
  }

  /// Does something that people do: changes, makes, deletes.
  ///
  /// @param items numbers from here on are free for new ones
  void change(int items) {
    var number = random.nextInt(Math.max(1, items));
    write(
        transaction -> {
          switch (random.nextInt(6)) {
            case 0 -> swapped(transaction, number, random.nextInt(Math.max(1, items)));
            case 1 -> renamed(transaction, number);
            case 2 -> deleted(transaction, number);
            case 3 -> added(transaction, number);
            case 4 -> labelled(transaction);
            default -> counted(transaction);
          }
        });
  }

  /// Two items that exchange what is unique of them.
  private void swapped(Transaction transaction, int one, int other) {
    var first = transaction.find("item", id(one));
    var second = transaction.find("item", id(other));
    if (one != other && first.isPresent() && second.isPresent()) {
      changed(transaction, first.get().with("code", Value.of("aside")), "code");
      changed(transaction, second.get().with("code", first.get().value("code")), "code");
      var now = transaction.find("item", id(one)).orElseThrow();
      changed(transaction, now.with("code", second.get().value("code")), "code");
    }
  }

  private void renamed(Transaction transaction, int number) {
    transaction
        .find("item", id(number))
        .ifPresent(row -> changed(transaction, row.with("title", Value.of(text() + "t")), "title"));
  }

  private void deleted(Transaction transaction, int number) {
    var row = transaction.find("item", id(number)).orElse(null);
    if (row == null || !transaction.referring("part", "item", row.id()).isEmpty()) {
      return;
    }
    transaction.delete("item", row.id());
    versions(transaction, "item").deleted(row, BY);
    log(transaction, "item", row.id(), Kind.DELETED);
    var counts = new TrashUnit.Counts(Map.of("part", 1), Map.of());
    var with = new TrashUnit.With("part", partRow(number, row));
    transaction.trash().keep(new TrashUnit(0, "item", row, counts, BY, LATER), List.of(with));
  }

  private void added(Transaction transaction, int number) {
    var item = transaction.find("item", id(number));
    item.ifPresent(
        row -> {
          var part = partRow((int) transaction.nextId("part"), row);
          created(transaction, "part", part.with("note", Value.of(text())));
        });
  }

  private void labelled(Transaction transaction) {
    var row = labelRow("label " + random.nextInt(50));
    if (transaction.find("label", row.id()).isPresent()) {
      transaction.delete("label", row.id());
    } else {
      transaction.insert("label", row);
    }
  }

  private void counted(Transaction transaction) {
    transaction.next(new Counter("item", "number", text()), 7);
    var key = "key " + random.nextInt(100);
    var bytes = new byte[] {0, (byte) 0x80, 1};
    transaction.keep(
        new KeptAnswer(key, bytes, "answer".getBytes(StandardCharsets.UTF_8), LATER), NOW);
  }

  private void write(Consumer<Transaction> work) {
    store.write(
        transaction -> {
          work.accept(transaction);
          return true;
        });
  }

  private static void created(Transaction transaction, String entity, Row row) {
    transaction.insert(entity, row);
    versions(transaction, entity).created(row, BY);
    log(transaction, entity, row.id(), Kind.CREATED);
  }

  private static void changed(Transaction transaction, Row row, String field) {
    var before = transaction.find("item", row.id()).orElseThrow();
    var after = row.with("version", Value.of(before.version() + 1));
    transaction.update("item", after, Set.of(field, "version"));
    versions(transaction, "item").changed(before, after, BY);
    log(transaction, "item", row.id(), Kind.CHANGED);
  }

  private static Versions versions(Transaction transaction, String entity) {
    return new Versions(transaction, MODEL.entity(entity));
  }

  private static void log(Transaction transaction, String entity, Value id, Kind kind) {
    transaction.log(new Change(0, entity, id, kind, Map.of(), Map.of("id", id), BY));
  }
}
