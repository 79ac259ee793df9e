package engineroom.stores.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import engineroom.authorize.Shape;
import engineroom.data.JsonText;
import engineroom.data.Row;
import engineroom.data.Type;
import engineroom.data.Value;
import engineroom.expression.Arguments;
import engineroom.expression.Expression;
import engineroom.expression.Expression.Compare;
import engineroom.expression.Expression.Comparison;
import engineroom.expression.Expression.Parameter;
import engineroom.operation.Selection.Direction;
import engineroom.operation.Selection.Sort;
import engineroom.plan.Counted;
import engineroom.plan.Plan;
import engineroom.problem.ProblemException;
import engineroom.problem.StoreProblem.NotUnique;
import engineroom.problem.StoreProblem.OutOfTime;
import engineroom.store.Store;
import engineroom.stores.migration.Shop;
import engineroom.testkit.run.Alone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Alone
class SqliteDatabaseTest {
  private static final int WRITERS = 64;

  @TempDir Path folder;
  private SqliteDatabase database;
  private SqliteStore store;

  @BeforeEach
  void opened() {
    database = SqliteDatabase.open(folder.resolve("shop.db"));
    store = database.store(Shop.MODEL);
  }

  @AfterEach
  void closed() {
    database.close();
  }

  private void insert(String entity, Row row) {
    store.write(
        transaction -> {
          transaction.insert(entity, row);
          return row;
        });
  }

  private static Plan.Rows products(Expression filter, Sort... sort) {
    var name = new Shape.Member.Plain(Shop.PRODUCT.field("name"), Expression.TRUE);
    return new Plan.Rows(
        "product", new Shape(List.of(name)), filter, Counted.Nothing.NOTHING, List.of(sort));
  }

  private static Sort by(String field, Direction direction) {
    return new Sort(Shop.PRODUCT.get(field), direction);
  }

  private static Expression equal(String field, Type type) {
    return new Compare(Comparison.EQUAL, Shop.PRODUCT.get(field), new Parameter(0, type));
  }

  private static Store.Binding binding(Duration limit, Value... arguments) {
    return new Store.Binding(new Arguments(List.of(arguments)), 10, 0, limit);
  }

  private SqliteConnection brief() {
    return database.readers().shortly(Duration.ofSeconds(5), connection -> connection);
  }

  private SqliteConnection scanning() {
    return database.readers().atLength(Duration.ofSeconds(5), connection -> connection);
  }

  @Test
  void takes_the_reader_first_that_was_used_last() {
    var first = brief();
    var other = scanning();
    for (int i = 0; i < 8; i++) {
      assertThat(brief()).isSameAs(first);
      assertThat(scanning()).isSameAs(other);
    }
  }

  @Test
  void lets_waiting_writers_share_commits() throws InterruptedException {
    var before = database.writer().commits();
    var started = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      threads.execute(() -> store.write(_ -> waited(started)));
      for (var i = 0; i < WRITERS; i++) {
        var row = Shop.product(i, "product " + i);
        threads.execute(() -> insert("product", row));
      }
      Thread.sleep(200);
      started.countDown();
    }
    assertThat(database.writer().works()).isEqualTo(WRITERS + 1);
    assertThat(database.writer().commits() - before).isLessThan(WRITERS / 2);
  }

  @Test
  void begins_its_log_again_under_steady_writes() throws IOException {
    var writer = database.writer();
    writer.alone(
        connection -> {
          connection.execute("CREATE TABLE pad (id INTEGER PRIMARY KEY, filling BLOB)");
          return true;
        });
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var row = 0; row < WRITERS; row++) {
        var id = row;
        threads.execute(
            () -> {
              for (var i = 0; i < 400; i++) {
                writer.write(connection -> filled(connection, id));
              }
            });
      }
    }
    long written = 400L * WRITERS * 8_000;
    assertThat(Files.size(folder.resolve("shop.db-wal"))).isLessThan(written / 2);
  }

  private static boolean filled(SqliteConnection connection, int id) {
    connection.run("INSERT OR REPLACE INTO pad VALUES (?, randomblob(8000))", id);
    return true;
  }

  private static boolean waited(CountDownLatch latch) {
    try {
      latch.await();
      return true;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void makes_a_failing_work_cost_only_itself() {
    var failures = new AtomicInteger();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var i = 0; i < WRITERS; i++) {
        var row = Shop.category(i, "name " + i / 2);
        threads.execute(
            () -> {
              var thrown =
                  catchThrowableOfType(ProblemException.class, () -> insert("category", row));
              if (thrown != null && thrown.problem() instanceof NotUnique) {
                failures.incrementAndGet();
              }
            });
      }
    }
    assertThat(failures).hasValue(WRITERS / 2);
    var rows = store.<List<Row>>scan(tables -> list(tables.rows("category")));
    assertThat(rows).hasSize(WRITERS / 2);
  }

  @Test
  void undoes_what_a_failing_work_has_written_and_nothing_else() throws InterruptedException {
    var thrown = new AtomicInteger();
    together(
        i -> {
          if (i % 7 == 3) {
            assertThatThrownBy(() -> insertAndFail(i)).hasMessage("changed its mind");
            thrown.incrementAndGet();
          } else {
            insert("category", Shop.category(i, "name " + i));
          }
        });
    assertThat(thrown).hasPositiveValue();
    assertThat(names()).isEqualTo(names(i -> i % 7 != 3)).hasSize(WRITERS - thrown.get());
  }

  private void insertAndFail(int i) {
    store.write(
        transaction -> {
          transaction.insert("category", Shop.category(i, "name " + i));
          throw new IllegalStateException("changed its mind");
        });
  }

  @Test
  void keeps_what_others_wrote_when_a_failure_ends_the_transaction_that_they_share()
      throws InterruptedException {
    together(
        i -> {
          if (i % 7 == 3) {
            assertThatThrownBy(() -> rollBackAndFail()).hasMessage("the disk was full");
          } else {
            insert("category", Shop.category(i, "name " + i));
          }
        });
    assertThat(names()).isEqualTo(names(i -> i % 7 != 3));
  }

  /// As SQLite ends a transaction by itself where the disk is full.
  private void rollBackAndFail() {
    database
        .writer()
        .write(
            connection -> {
              connection.run("ROLLBACK");
              throw new IllegalStateException("the disk was full");
            });
  }

  /// Has many works wait behind one, so that they share a transaction.
  private void together(IntConsumer work) throws InterruptedException {
    var started = new CountDownLatch(1);
    var failures = new ConcurrentLinkedQueue<Throwable>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      threads.execute(() -> store.write(_ -> waited(started)));
      for (var i = 0; i < WRITERS; i++) {
        int number = i;
        threads.execute(
            () -> {
              try {
                work.accept(number);
              } catch (Throwable e) {
                failures.add(e);
              }
            });
      }
      Thread.sleep(200);
      started.countDown();
    }
    assertThat(failures).isEmpty();
  }

  private Set<String> names() {
    var rows = store.<List<Row>>scan(tables -> list(tables.rows("category")));
    return rows.stream().map(row -> JsonText.of(row.value("name"))).collect(Collectors.toSet());
  }

  private static Set<String> names(IntPredicate which) {
    return IntStream.range(0, WRITERS)
        .filter(which)
        .mapToObj(i -> "\"name " + i + '"')
        .collect(Collectors.toSet());
  }

  private static List<Row> list(Iterable<Row> rows) {
    var all = new java.util.ArrayList<Row>();
    rows.forEach(all::add);
    return all;
  }

  @Test
  void runs_works_one_by_one_after_a_commit_that_failed() {
    var runs = new AtomicInteger();
    database
        .writer()
        .write(
            connection -> {
              if (runs.incrementAndGet() == 1) {
                connection.run("ROLLBACK"); // as SQLite does when the disk is full
                return 0;
              }
              connection.run(
                  "INSERT INTO \"category\" (id, version, createdAt, updatedAt, name) VALUES ('a', 1, '', '', 'b')");
              return 1;
            });
    assertThat(runs).hasValue(2);
  }

  @Test
  void keeps_everything_over_a_restart() {
    insert("product", Shop.product(1, "tea"));
    database.close();
    opened();
    var found = store.write(t -> t.find("product", Shop.id(1)));
    assertThat(found).contains(whole(Shop.product(1, "tea")));
  }

  private static Row whole(Row row) {
    var whole = new java.util.LinkedHashMap<String, Value>();
    Shop.PRODUCT.fields().keySet().forEach(name -> whole.put(name, row.value(name)));
    return new Row(whole);
  }

  @Test
  void refuses_to_open_a_file_twice() {
    assertThatThrownBy(() -> SqliteDatabase.open(folder.resolve("shop.db")))
        .hasMessageContaining("open already");
  }

  @Test
  void finds_by_id_reference_and_indexed_field_through_indexes() {
    assertThat(explained(equal("id", Type.Scalar.UUID))).contains("USING INDEX");
    assertThat(explained(equal("category", new Type.RowOf("category"))))
        .contains("product__category");
    assertThat(explained(equal("name", Type.Scalar.TEXT))).contains("product__name");
    var prefix =
        new Expression.Call(
            Expression.Function.STARTS_WITH,
            List.of(Shop.PRODUCT.get("name"), new Parameter(0, Type.Scalar.TEXT)),
            Type.Scalar.BOOLEAN);
    assertThat(explained(prefix)).contains("product__name");
  }

  private String explained(Expression filter) {
    return String.join("; ", store.compile(products(filter)).explain());
  }

  @Test
  void sorts_through_an_index() {
    var plan = products(Expression.TRUE, by("id", Direction.DESCENDING));
    assertThat(String.join("; ", store.compile(plan).explain()))
        .contains("USING INDEX")
        .doesNotContain("TEMP B-TREE");
  }

  @Test
  void keeps_lists_within_rows_among_the_short_reads_and_sorts_of_everything_away_from_them() {
    var newest = List.of(by("stock", Direction.DESCENDING), by("id", Direction.ASCENDING));
    var few = new Shape.Member.Plain(Shop.PRODUCT.field("name"), Expression.TRUE);
    var products =
        new Shape.Member.Many(
            "products", "product", "category", Expression.TRUE, newest, 5, new Shape(List.of(few)));
    var byId = List.of(new Sort(Shop.CATEGORY.get("id"), Direction.ASCENDING));
    var lists =
        new Plan.Rows(
            "category",
            new Shape(List.of(products)),
            Expression.TRUE,
            Counted.Nothing.NOTHING,
            byId);
    assertThat(store.compile(lists).explain()).contains("USE TEMP B-TREE FOR ORDER BY");
    assertThat(((SqliteRead) store.compile(lists)).isLong()).isFalse();
    var everything = products(Expression.TRUE, newest.toArray(Sort[]::new));
    assertThat(((SqliteRead) store.compile(everything)).isLong()).isTrue();
  }

  @Test
  void stops_a_read_that_is_out_of_its_time_and_lets_short_reads_pass() {
    fill();
    var slow = store.compile(products(new Expression.Not(slow(4))));
    var quick = store.compile(products(equal("id", Type.Scalar.UUID)));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var failing =
          java.util.stream.IntStream.range(0, 6)
              .mapToObj(_ -> threads.submit(() -> store.read(slow, binding(Duration.ofSeconds(1)))))
              .toList();
      var start = System.nanoTime();
      for (var i = 0; i < 100; i++) {
        store.read(quick, binding(Duration.ofSeconds(5), Shop.id(i)));
      }
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(900));
      for (var read : failing) {
        assertThatThrownBy(read::get)
            .cause()
            .isInstanceOfSatisfying(
                ProblemException.class, e -> assertThat(e.problem()).isInstanceOf(OutOfTime.class));
      }
    }
  }

  @Test
  void a_read_that_looks_long_and_is_not_waits_for_no_long_one() {
    fill();
    var slow = store.compile(products(new Expression.Not(slow(4))));
    var small = store.compile(categories());
    assertThat(((SqliteRead) small).isLong()).isTrue();
    for (var i = 0; i < 10 * ReadTimes.OFTEN; i++) {
      store.read(small, binding(Duration.ofSeconds(5)));
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var failing =
          java.util.stream.IntStream.range(0, 6)
              .mapToObj(_ -> threads.submit(() -> store.read(slow, binding(Duration.ofSeconds(2)))))
              .toList();
      for (var i = 0; i < 100; i++) {
        assertThat(store.read(small, binding(Duration.ofSeconds(5))).rows()).hasSize(1);
      }
      assertThat(failing).noneMatch(Future::isDone);
      for (var read : failing) {
        assertThatThrownBy(read::get).cause().isInstanceOf(ProblemException.class);
      }
    }
  }

  @Test
  void a_read_is_taken_for_what_it_was_and_not_for_what_it_looks_like() {
    var times = new ReadTimes();
    var small = (SqliteRead) store.compile(categories());
    assertThat(times.isLong(small)).isTrue();
    for (var i = 0; i < ReadTimes.OFTEN; i++) {
      assertThat(times.isLong(small)).isTrue();
      times.note(small, ReadTimes.AT_ONCE.toNanos());
    }
    assertThat(times.isLong(small)).isFalse();
    times.note(small, ReadTimes.AT_ONCE.toNanos() + 1);
    assertThat(times.isLong(small)).isTrue();
    var byId = (SqliteRead) store.compile(products(equal("id", Type.Scalar.UUID)));
    assertThat(times.isLong(byId)).isFalse();
    times.note(byId, ReadTimes.SHORT.toNanos() + 1);
    assertThat(times.isLong(byId)).isTrue();
    times.note(byId, ReadTimes.SHORT.toNanos());
    assertThat(times.isLong(byId)).isFalse();
  }

  @Test
  void a_read_that_always_was_short_is_forgiven_to_be_late_twice_on_a_busy_machine() {
    var times = new ReadTimes();
    var small = (SqliteRead) store.compile(categories());
    for (var i = 0; i < 10 * ReadTimes.OFTEN; i++) {
      times.note(small, ReadTimes.AT_ONCE.toNanos());
    }
    for (var late = 0; late < 2; late++) {
      times.note(small, ReadTimes.AT_ONCE.toNanos() + 1);
      assertThat(times.isLong(small)).isFalse();
    }
    times.note(small, ReadTimes.AT_ONCE.toNanos() + 1);
    assertThat(times.isLong(small)).isTrue();
  }

  private static Plan.Rows categories() {
    var name = new Shape.Member.Plain(Shop.CATEGORY.field("name"), Expression.TRUE);
    var shape = new Shape(List.of(name));
    return new Plan.Rows("category", shape, Expression.TRUE, Counted.Nothing.NOTHING, List.of());
  }

  private void fill() {
    store.write(
        transaction -> {
          transaction.insert("category", Shop.category(1, "all"));
          for (var i = 0; i < 300; i++) {
            transaction.insert(
                "product", Shop.product(i, "product " + i).with("category", Shop.id(1)));
          }
          return 1;
        });
  }

  /// True of every product, after looking at all products of the category over and over.
  private static Expression slow(int depth) {
    return slow(Shop.PRODUCT.row(), depth);
  }

  private static Expression slow(Expression row, int depth) {
    if (depth == 0) {
      return new Compare(
          Comparison.NOT_EQUAL,
          new Expression.Get(row, "name", Type.Scalar.TEXT),
          new Expression.Literal(Value.of("nothing"), Type.Scalar.TEXT));
    }
    var category = new Expression.Get(row, "category", new Type.RowOf("category"));
    var products = new Expression.Get(category, "products", new Type.RowsOf("product"));
    var variable = new Expression.Variable("v" + depth, new Type.RowOf("product"));
    return new Expression.Quantified(
        Expression.Quantifier.ALL, products, variable.name(), slow(variable, depth - 1));
  }
}
