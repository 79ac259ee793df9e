package engineroom.stores.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import engineroom.authorize.Shape;
import engineroom.data.Row;
import engineroom.data.Type;
import engineroom.data.Value;
import engineroom.expression.Arguments;
import engineroom.expression.Expression;
import engineroom.expression.Expression.Compare;
import engineroom.expression.Expression.Comparison;
import engineroom.expression.Expression.Parameter;
import engineroom.operation.FieldRules;
import engineroom.plan.Counted;
import engineroom.plan.Plan;
import engineroom.problem.ProblemException;
import engineroom.problem.StoreProblem.OutOfTime;
import engineroom.problem.StoreProblem.Unavailable;
import engineroom.store.Store;
import engineroom.stores.PostgresAddress;
import engineroom.stores.session.Narrowed;
import engineroom.stores.session.SessionStore;
import engineroom.stores.sql.ExpressionWriter;
import engineroom.stores.sql.ExpressionWriter.Given;
import engineroom.stores.sql.RowsSql;
import engineroom.stores.sql.SqlText;
import engineroom.testkit.ContractModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PostgresDatabaseTest {
  private static final FieldRules RULES = new FieldRules((_, _) -> List.of());

  private PostgresAddress address;
  private PostgresDatabase database;
  private SessionStore store;

  @BeforeEach
  void opened() {
    address = Servers.fresh();
    database = PostgresDatabase.open(address, RULES);
    store = database.store(ContractModel.MODEL);
  }

  @AfterEach
  void closed() {
    database.close();
  }

  @Test
  void keeps_rows_when_it_is_opened_again() {
    keep("person", ContractModel.personRow(1));
    database.close();
    database = PostgresDatabase.open(address, RULES);
    store = database.store(ContractModel.MODEL);
    assertThat(found("person", ContractModel.id(1))).isEqualTo(ContractModel.personRow(1));
  }

  @Test
  void a_first_start_that_fails_leaves_what_another_made_meanwhile() {
    var both = Servers.fresh();
    var one = PostgresDatabase.open(both, RULES);
    try (var other = PostgresDatabase.open(both, RULES)) {
      assertThat(one.fresh() && other.fresh()).isTrue();
      var kept = other.store(ContractModel.MODEL);
      one.forget();
      assertThat(kept.lastChange()).isZero();
      assertThat(other.planned(ContractModel.MODEL)).isEmpty();
    }
  }

  @Test
  void a_first_start_that_fails_alone_leaves_nothing() {
    var alone = Servers.fresh();
    var failing = PostgresDatabase.open(alone, RULES);
    failing.store(ContractModel.MODEL);
    failing.forget();
    try (var next = PostgresDatabase.open(alone, RULES)) {
      assertThat(next.fresh()).isTrue();
    }
  }

  @Test
  void who_stands_still_in_a_write_holds_others_up_for_ten_seconds_and_does_it_again_then()
      throws Exception {
    var tries = new AtomicInteger();
    var limit =
        database.write(
            (connection, _) -> {
              if (tries.getAndIncrement() == 0) {
                connection.execute("SET LOCAL idle_in_transaction_session_timeout = 1");
                pause();
              }
              try (var rows = connection.rows("SHOW idle_in_transaction_session_timeout")) {
                return rows.next() ? rows.text(0) : "";
              }
            });
    assertThat(limit).isEqualTo("10s");
    assertThat(tries).hasValue(2);
  }

  /// A store that can't know who waits, in whichever process, tells long work to end after a while.
  @Test
  void long_work_is_told_to_end() {
    var told =
        store.write(
            transaction -> {
              for (int i = 0; i < 100 && !transaction.awaited(); i++) {
                pause();
              }
              return transaction.awaited();
            });
    assertThat(told).isTrue();
  }

  private static void pause() {
    try {
      Thread.sleep(100);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void refuses_more_connections_than_the_server_takes() {
    var many = with(Servers.fresh(), "pool", "200");
    assertThatThrownBy(() -> PostgresDatabase.open(many, RULES))
        .hasMessageContaining("201 connections")
        .hasMessageContaining("200 from everybody (max_connections)");
  }

  @Test
  void opens_no_more_connections_than_the_address_says() throws Exception {
    var few = with(Servers.fresh(), "pool", "2");
    try (var two = PostgresDatabase.open(few, RULES);
        var one = two.connection();
        var other = two.connection()) {
      assertThat(one).isNotSameAs(other);
      assertThatThrownBy(two::connection).hasMessageContaining("None of 2 connections");
    }
  }

  private static PostgresAddress with(PostgresAddress address, String option, String value) {
    return new PostgresAddress(
        address.host(), address.port(), address.database(), address.login(), Map.of(option, value));
  }

  @Test
  void engines_that_only_speak_its_protocol_are_refused_by_name() {
    var says =
        Map.of(
            "CockroachDB CCL v25.2.1 (x86_64-pc-linux-gnu, built 2025/06/04)", "CockroachDB",
            "PostgreSQL 15.2-YB-2.25.2.0-b0 on x86_64-pc-linux-gnu", "YugabyteDB",
            "PostgreSQL 8.0.2 on i686-pc-linux-gnu, compiled by GCC, Redshift 1.0.77", "Redshift");
    says.forEach(
        (version, name) -> {
          var posing = Servers.fresh();
          Servers.execute(
              posing,
              "CREATE FUNCTION public.version() RETURNS text LANGUAGE sql AS $$ SELECT '"
                  + version
                  + "' $$",
              "ALTER DATABASE " + posing.database() + " SET search_path = public, pg_catalog");
          assertThatThrownBy(() -> PostgresDatabase.open(posing, RULES))
              .hasMessageContaining("The database is ")
              .hasMessageContaining(name)
              .hasMessageContaining("which only speaks PostgreSQL's protocol: it");
        });
  }

  @Test
  void keeps_values_in_types_that_owners_know() {
    assertThat(types("item"))
        .contains(
            "id uuid",
            "title text",
            "amount numeric",
            "price bigint",
            "cost__currency text",
            "open boolean",
            "at timestamp with time zone",
            "day date",
            "hour time without time zone",
            "data bytea",
            "ratio double precision",
            "__search tsvector");
  }

  private List<String> types(String table) {
    return database.read(
        Duration.ofSeconds(10),
        connection -> {
          var types = new ArrayList<String>();
          var sql =
              "SELECT column_name || ' ' || data_type FROM information_schema.columns"
                  + " WHERE table_name = ?";
          try (var rows = connection.rows(sql, table)) {
            while (rows.next()) {
              types.add(rows.text(0));
            }
          }
          return types;
        });
  }

  @Test
  void leads_to_rows_by_indexes() {
    prepared(
        "INSERT INTO item (id, version, \"createdAt\", \"updatedAt\", title, code, __search)"
            + " SELECT gen_random_uuid(), 1, now(), now(), 'word' || i % 1000, 'code ' || i,"
            + " array_to_tsvector(ARRAY['0:word' || i % 1000])"
            + " FROM generate_series(1, 30000) AS i");
    var code = ContractModel.MODEL.entity("item").get("code");
    var equal = new Compare(Comparison.EQUAL, code, new Parameter(0, Type.Scalar.TEXT));
    assertThat(explained(equal)).anyMatch(line -> line.contains("item__code__unique"));
    var search =
        new Expression.Search(
            ContractModel.MODEL.entity("item").row(),
            List.of("title"),
            new Parameter(0, Type.Scalar.TEXT));
    var plan = (Plan.Rows) plan(search, Counted.Nothing.NOTHING);
    var sql = RowsSql.of(plan, new ExpressionWriter(store.names(), Given.PRESENT)).rows();
    assertThat(withoutScans(sql)).anyMatch(line -> line.contains("item__search"));
  }

  @Test
  void goes_on_in_memory_over_the_rows_that_sql_finds() {
    keep("item", ContractModel.itemRow(1).with("count", Value.of(1)));
    keep("item", ContractModel.itemRow(2), ContractModel.itemRow(3).with("count", Value.of(1)));
    var item = ContractModel.MODEL.entity("item");
    var one =
        new Compare(Comparison.EQUAL, item.get("count"), new Parameter(0, Type.Scalar.INTEGER));
    var pattern = new Parameter(1, Type.Scalar.TEXT);
    var matches =
        new Expression.Call(
            Expression.Function.MATCHES, List.of(item.get("title"), pattern), Type.Scalar.BOOLEAN);
    var plan = plan(new Expression.And(List.of(one, matches)), Counted.Nothing.NOTHING);
    var arguments = new Arguments(List.of(Value.of(1), Value.of("[13]$")));
    var binding = new Store.Binding(arguments, 10, 0, Duration.ofSeconds(10));
    assertThat(store.read(store.compile(plan), binding).rows()).hasSize(2);
    var narrowed = Narrowed.of(plan, store.entities(), store.names()).orElseThrow();
    var rows =
        database.read(
            Duration.ofSeconds(10),
            connection ->
                connection.transaction(
                    PostgresConnection.Begin.READ,
                    () -> {
                      Store.Tables none = _ -> List.of();
                      return narrowed.tables(connection, none, binding).rows("item");
                    }));
    assertThat(rows).extracting(Row::id).containsExactly(ContractModel.id(1), ContractModel.id(3));
  }

  /// How a statement is run where every row can't be looked at.
  private List<String> withoutScans(SqlText sql) {
    return database.read(
        Duration.ofSeconds(10),
        connection -> {
          connection.execute("SET enable_seqscan = off");
          var lines = PostgresExplain.lines(connection, sql);
          connection.execute("RESET enable_seqscan");
          return lines;
        });
  }

  private List<String> explained(Expression filter) {
    return store.compile(plan(filter, Counted.Nothing.NOTHING)).explain();
  }

  @Test
  void guesses_how_many_rows_there_are_beyond_the_bound() {
    prepared(
        "INSERT INTO label (id, version, \"createdAt\", \"updatedAt\", name)"
            + " SELECT 'l' || i, 1, now(), now(), 'n' || i % 2"
            + " FROM generate_series(1, 50000) AS i");
    var name = ContractModel.MODEL.entity("label").get("name");
    var half = new Compare(Comparison.EQUAL, name, new Parameter(0, Type.Scalar.TEXT));
    var plan =
        new Plan.Rows("label", new Shape(List.of()), half, new Counted.Roughly(half), List.of());
    var arguments = new Arguments(List.of(Value.of("n1")));
    var result =
        store.read(store.compile(plan), new Store.Binding(arguments, 1, 0, Duration.ofSeconds(60)));
    assertThat(result.count()).isBetween(20_000L, 30_000L);
  }

  @Test
  void ends_a_read_whose_time_is_over() {
    assertThatThrownBy(
            () ->
                database.read(
                    Duration.ofSeconds(1),
                    connection -> {
                      connection.run("SELECT pg_sleep(30)");
                      return "";
                    }))
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.problem()).isInstanceOf(OutOfTime.class));
  }

  @Test
  void says_that_no_connection_is_free() throws Exception {
    var all = 16;
    var taken = new CountDownLatch(all);
    var end = new CountDownLatch(1);
    try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var i = 0; i < all; i++) {
        pool.execute(
            () ->
                store.scan(
                    _ -> {
                      taken.countDown();
                      return awaited(end);
                    }));
      }
      taken.await();
      var refused = catchThrowableOfType(ProblemException.class, () -> store.lastChange());
      end.countDown();
      assertThat(refused.problem()).isInstanceOf(Unavailable.class);
      assertThat(refused.problem().title()).contains("None of 16 connections");
    }
    assertThat(store.lastChange()).isZero();
  }

  private static boolean awaited(CountDownLatch latch) {
    try {
      latch.await();
      return true;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void lets_no_two_writes_decide_on_what_the_other_changes() throws Exception {
    keep("person", ContractModel.personRow(1), ContractModel.personRow(2));
    var tries = new AtomicInteger();
    var together = new CyclicBarrier(2);
    try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      var first = pool.submit(() -> leave(1, 2, tries, together));
      var second = pool.submit(() -> leave(2, 1, tries, together));
      assertThat(first.get() + second.get()).as("one of them stays").isEqualTo(1);
    }
    assertThat(tries.get()).as("one of them had to think again").isEqualTo(3);
  }

  /// Goes where the other one is still there; tells how many went.
  private int leave(int who, int other, AtomicInteger tries, CyclicBarrier together) {
    return store.write(
        transaction -> {
          var there = transaction.find("person", ContractModel.id(other)).isPresent();
          if (tries.incrementAndGet() <= 2) {
            arrive(together);
          }
          if (there) {
            transaction.delete("person", ContractModel.id(who));
          }
          return there ? 1 : 0;
        });
  }

  private static void arrive(CyclicBarrier together) {
    try {
      together.await();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void loses_nothing_where_its_connections_are_cut_in_the_middle_of_writes() throws Exception {
    int writers = 4;
    int writes = 60;
    var cuts = 5;
    try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      var running = new ArrayList<Future<List<Value>>>();
      for (var i = 0; i < writers; i++) {
        var first = 1_000 * i;
        running.add(pool.submit(() -> kept(first, writes)));
      }
      for (var i = 0; i < cuts; i++) {
        cut();
        assertThat(store.lastChange()).isNotNegative();
      }
      for (var each : running) {
        for (var id : each.get()) {
          assertThat(found("person", id).id()).isEqualTo(id);
        }
      }
    }
  }

  /// Keeps persons, and tells which were said to be kept. Of one whose connection was lost at its
  /// very end nobody knows.
  private List<Value> kept(int first, int count) {
    var kept = new ArrayList<Value>();
    for (var i = first; i < first + count; i++) {
      var row = ContractModel.personRow(i);
      try {
        keep("person", row);
        kept.add(row.id());
      } catch (ProblemException e) {
        assertThat(e.problem().title()).contains("was lost while this was written");
      }
    }
    assertThat(kept).hasSizeGreaterThan(count / 2);
    return kept;
  }

  private void cut() {
    var cut =
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
            + " AND datname = current_database()";
    database.read(
        Duration.ofSeconds(10),
        connection -> {
          connection.run(cut);
          return "";
        });
  }

  @Test
  void commits_nothing_where_a_statement_failed_and_the_work_went_on() {
    assertThatThrownBy(
            () ->
                database.write(
                    (connection, _) -> {
                      connection.run("SELECT 1");
                      assertThatThrownBy(() -> connection.run("SELECT 1 / 0"));
                      return "nobody heard of it";
                    }))
        .hasMessage("a statement failed, and its transaction went on");
  }

  private void prepared(String insert) {
    database.read(
        Duration.ofSeconds(60),
        connection -> {
          connection.execute(insert);
          connection.execute("ANALYZE");
          return "";
        });
  }

  private static Plan plan(Expression filter, Counted counted) {
    return new Plan.Rows("item", new Shape(List.of()), filter, counted, List.of());
  }

  private void keep(String entity, Row... rows) {
    store.write(
        transaction -> {
          for (var row : rows) {
            transaction.insert(entity, row);
          }
          return Set.of();
        });
  }

  private Row found(String entity, Value id) {
    return store.write(transaction -> transaction.find(entity, id)).orElseThrow();
  }
}
