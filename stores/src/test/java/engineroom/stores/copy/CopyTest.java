package engineroom.stores.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import engineroom.data.Value;
import engineroom.operation.FieldRules;
import engineroom.problem.ProblemException;
import engineroom.store.Transaction.Counter;
import engineroom.stores.Database;
import engineroom.stores.MariaAddress;
import engineroom.stores.PostgresAddress;
import engineroom.stores.mariadb.MariaDatabase;
import engineroom.stores.mariadb.MariaSide;
import engineroom.stores.postgres.PostgresDatabase;
import engineroom.stores.postgres.PostgresSide;
import engineroom.stores.postgres.Servers;
import engineroom.stores.sqlite.SqliteDatabase;
import engineroom.stores.sqlite.SqliteSide;
import engineroom.testkit.ContractModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CopyTest {
  private static final FieldRules RULES = new FieldRules((_, _) -> List.of());
  private static final int ITEMS = 10_000;

  @TempDir Path folder;

  /// A database that copies are made from and into.
  sealed interface Place {
    Database open();

    Side reading();

    Side writing();
  }

  record File(Path path) implements Place {
    @Override
    public Database open() {
      return SqliteDatabase.open(path, RULES);
    }

    @Override
    public Side reading() {
      return SqliteSide.reading(path);
    }

    @Override
    public Side writing() {
      return SqliteSide.writing(path);
    }
  }

  record Server(PostgresAddress address) implements Place {
    @Override
    public Database open() {
      return PostgresDatabase.open(address, RULES);
    }

    @Override
    public Side reading() {
      return PostgresSide.reading(address);
    }

    @Override
    public Side writing() {
      return PostgresSide.writing(address);
    }
  }

  record Maria(MariaAddress address) implements Place {
    @Override
    public Database open() {
      return MariaDatabase.open(address, RULES);
    }

    @Override
    public Side reading() {
      return MariaSide.reading(address);
    }

    @Override
    public Side writing() {
      return MariaSide.writing(address);
    }
  }

  private File file(String name) {
    return new File(folder.resolve(name));
  }

  private static Server server() {
    return new Server(Servers.fresh());
  }

  private static Maria maria() {
    return new Maria(engineroom.stores.mariadb.Servers.fresh());
  }

  private static Maria mysql() {
    return new Maria(engineroom.stores.mariadb.Servers.freshOfMySql());
  }

  private static void filled(Place place, int items) {
    try (var database = place.open()) {
      new Stock(database.store(Stock.MODEL), new Random(5)).fill(items);
    }
  }

  private static void made(Place place) {
    try (var database = place.open()) {
      database.store(Stock.MODEL);
    }
  }

  private static Copied copied(Place from, Place to, Watch watch) {
    made(to);
    return goneOn(from, to, watch);
  }

  private static Copied goneOn(Place from, Place to, Watch watch) {
    try (var source = from.reading();
        var target = to.writing()) {
      Copy.checkSource(Stock.MODEL, source);
      var copy = new Copy(Stock.MODEL, source, target, watch);
      copy.check();
      return copy.run();
    }
  }

  private static Copied compared(Place from, Place to) {
    try (var source = from.reading();
        var target = to.reading()) {
      return new Copy(Stock.MODEL, source, target, Watch.NONE).compare();
    }
  }

  private static String told(Copied copied) {
    return copied.tables().stream()
        .map(t -> t.told() + " " + t.from().rows() + " " + t.to().rows() + " " + t.same())
        .collect(Collectors.joining("\n"));
  }

  private static void isWhole(Place place) {
    try (var database = place.open()) {
      assertThat(database.planned(Stock.MODEL)).isEmpty();
      assertThat(database.drift(Stock.MODEL)).isEmpty();
    }
  }

  @Test
  void moves_everything_there_and_back() {
    var first = file("first.db");
    var second = server();
    var third = file("third.db");
    filled(first, ITEMS);
    var there = copied(first, second, Watch.NONE);
    assertThat(told(there)).doesNotContain("false");
    assertThat(there.tables()).allMatch(t -> t.told().equals("part") || t.from().rows() > 0);
    isWhole(second);
    assertThat(told(copied(second, third, Watch.NONE))).doesNotContain("false");
    isWhole(third);
    var whole = compared(first, third);
    assertThat(told(whole)).doesNotContain("false");
    assertThat(whole.tables()).isEqualTo(there.tables());
  }

  @Test
  void moves_everything_by_way_of_mariadb() {
    everythingByWayOf(maria(), maria());
  }

  @Test
  void moves_everything_by_way_of_mysql() {
    everythingByWayOf(mysql(), mysql());
  }

  private void everythingByWayOf(Maria second, Maria fourth) {
    var first = file("first.db");
    var third = server();
    filled(first, 1_000);
    var there = copied(first, second, Watch.NONE);
    assertThat(told(there)).doesNotContain("false");
    isWhole(second);
    assertThat(told(copied(second, third, Watch.NONE))).doesNotContain("false");
    isWhole(third);
    assertThat(told(copied(third, fourth, Watch.NONE))).doesNotContain("false");
    isWhole(fourth);
    var whole = compared(first, fourth);
    assertThat(told(whole)).doesNotContain("false");
    assertThat(whole.tables()).isEqualTo(there.tables());
  }

  @Test
  void lets_numbers_of_mariadb_go_on_and_finds_words_there() {
    goesOn(maria());
  }

  @Test
  void lets_numbers_of_mysql_go_on_and_finds_words_there() {
    goesOn(mysql());
  }

  private void goesOn(Maria to) {
    var from = file("from.db");
    filled(from, 50);
    var last = copied(from, to, Watch.NONE).change();
    try (var side = to.reading();
        var rows = side.session().rows("SELECT count(*) FROM item__words WHERE word = 'words'")) {
      rows.next();
      assertThat(rows.number(0)).isGreaterThan(10);
    }
    try (var database = to.open()) {
      var store = database.store(Stock.MODEL);
      assertThat(store.lastChange()).isEqualTo(last);
      var stock = new Stock(store, new Random(1));
      while (store.lastChange() == last) {
        stock.change(50);
      }
    }
  }

  @Test
  void lets_numbers_go_on_behind_the_last_ones() {
    var from = file("from.db");
    var to = server();
    filled(from, 50);
    var counter = new Counter("item", "number", "");
    try (var database = from.open()) {
      database
          .store(Stock.MODEL)
          .write(
              transaction -> {
                transaction.passed(counter, 41);
                return true;
              });
    }
    copied(from, to, Watch.NONE);
    try (var database = to.open()) {
      var store = database.store(Stock.MODEL);
      var last = store.lastChange();
      new Stock(store, new Random(1)).change(50);
      long next = store.write(transaction -> transaction.next(counter, 1));
      assertThat(next).isEqualTo(42);
      var stock = new Stock(store, new Random(2));
      while (store.lastChange() == last) {
        stock.change(50);
      }
      assertThat(store.lastChange()).isGreaterThan(last);
    }
  }

  @Test
  void finds_words_in_the_copy() {
    var from = server();
    var to = file("to.db");
    filled(from, 20);
    copied(from, to, Watch.NONE);
    try (var side = to.reading();
        var rows =
            side.session()
                .rows("SELECT count(*) FROM item__search WHERE item__search MATCH 'words'")) {
      rows.next();
      assertThat(rows.number(0)).isGreaterThan(10);
    }
  }

  @Test
  void follows_a_source_that_is_written_to_meanwhile() throws InterruptedException {
    for (var pair :
        List.of(
            List.of(file("a.db"), server()),
            List.of(server(), file("b.db")),
            List.of(file("c.db"), maria()),
            List.of(maria(), file("d.db")))) {
      var from = pair.getFirst();
      var to = pair.getLast();
      filled(from, 2_000);
      var stop = new AtomicBoolean();
      try (var database = from.open()) {
        var writer =
            Thread.ofPlatform()
                .start(
                    () -> {
                      var stock = new Stock(database.store(Stock.MODEL), new Random(9));
                      while (!stop.get()) {
                        stock.change(2_000);
                      }
                    });
        var copied = copied(from, to, new Following(3, stop));
        writer.join();
        assertThat(told(copied)).doesNotContain("false");
        assertThat(copied.served()).isTrue();
      }
      assertThat(told(goneOn(from, to, Watch.NONE))).doesNotContain("false");
      assertThat(told(compared(from, to))).doesNotContain("false");
      isWhole(to);
    }
  }

  /// Follows so many times, the last ones while the last state is compared.
  private static final class Following implements Watch {
    private final AtomicBoolean stop;
    private int times;

    Following(int times, AtomicBoolean stop) {
      this.times = times;
      this.stop = stop;
    }

    @Override
    public void copied(String table, long done, long whole) {}

    @Override
    public void compared(String table, long done, long whole) {
      stop.set(true);
    }

    @Override
    public void following(long change) {}

    @Override
    public boolean goOn() {
      return --times > 0;
    }
  }

  @Test
  void takes_over_what_was_written_past_the_change_log() {
    var from = file("from.db");
    var to = server();
    filled(from, 50);
    copied(from, to, Watch.NONE);
    try (var side = SqliteSide.writing(from.path())) {
      side.session().execute("UPDATE person SET name = 'by hand' WHERE name = 'person 1'");
    }
    assertThat(compared(from, to).same()).isFalse();
    assertThat(told(goneOn(from, to, Watch.NONE))).doesNotContain("false");
    assertThat(told(compared(from, to))).doesNotContain("false");
    isWhole(to);
  }

  @Test
  void refuses_a_target_that_holds_other_rows() {
    var from = file("from.db");
    var to = server();
    filled(from, 5);
    filled(to, 5);
    assertThatThrownBy(() -> copied(from, to, Watch.NONE))
        .isInstanceOf(CopyRefused.class)
        .hasMessageContaining("has rows in")
        .hasMessageContaining("Take an empty database.");
  }

  @Test
  void refuses_a_target_with_an_unfinished_copy_of_another_source() {
    var from = file("from.db");
    var other = file("other.db");
    var to = server();
    filled(from, 5);
    filled(other, 5);
    copied(from, to, Watch.NONE);
    assertThatThrownBy(() -> goneOn(other, to, Watch.NONE))
        .isInstanceOf(CopyRefused.class)
        .hasMessageContaining("from.db");
  }

  @Test
  void refuses_a_target_that_was_served_since() {
    var from = file("from.db");
    var to = server();
    filled(from, 5);
    copied(from, to, Watch.NONE);
    assertThat(told(goneOn(from, to, Watch.NONE))).doesNotContain("false");
    isWhole(to);
    assertThatThrownBy(() -> goneOn(from, to, Watch.NONE)).isInstanceOf(CopyRefused.class);
  }

  @Test
  void lets_nobody_serve_an_unfinished_copy() {
    for (var to : List.of(server(), file("to.db"), maria())) {
      var from = file("from of " + to.getClass().getSimpleName());
      filled(from, 5);
      made(to);
      try (var source = from.reading();
          var target = to.writing()) {
        target.change(() -> CopyRecord.begin(target.ground(), source.name(), 0));
      }
      assertThatThrownBy(to::open)
          .isInstanceOf(ProblemException.class)
          .hasMessageContaining("A copy into this database is not finished.");
      assertThat(told(goneOn(from, to, Watch.NONE))).doesNotContain("false");
      isWhole(to);
    }
  }

  @Test
  void tells_where_a_zero_is_before_it_writes_anything() {
    var from = file("from.db");
    var to = server();
    filled(from, 5);
    try (var side = SqliteSide.writing(from.path())) {
      side.session().execute("UPDATE label SET name = 'a' || char(0) || 'b' WHERE id = 'label 1'");
      side.session()
          .execute(
              "UPDATE person SET name = 'a' || char(0) || 'b' WHERE id = '"
                  + uuid(ContractModel.id(3))
                  + "'");
    }
    assertThatThrownBy(() -> copied(from, to, Watch.NONE))
        .isInstanceOf(CopyRefused.class)
        .hasMessageContaining("person " + uuid(ContractModel.id(3)) + " name");
    try (var side = to.reading()) {
      assertThat(CopyRecord.begun(side.ground())).isFalse();
    }
  }

  private static String uuid(Value id) {
    return id instanceof Value.Uuid(var uuid) ? uuid.toString() : "";
  }

  @Test
  void tells_which_tables_differ() {
    var from = file("from.db");
    var to = file("to.db");
    filled(from, 5);
    copied(from, to, Watch.NONE);
    try (var side = SqliteSide.writing(to.path())) {
      side.session().execute("UPDATE person SET name = 'another' WHERE name = 'person 1'");
    }
    var compared = compared(from, to);
    assertThat(compared.same()).isFalse();
    assertThat(compared.tables().stream().filter(t -> !t.same()).map(Copied.Table::told))
        .containsExactly("person");
  }
}
