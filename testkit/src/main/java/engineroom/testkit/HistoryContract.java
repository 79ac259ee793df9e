package engineroom.testkit;

import static engineroom.testkit.ContractModel.id;
import static engineroom.testkit.ContractModel.itemRow;
import static engineroom.testkit.ContractModel.partRow;
import static engineroom.testkit.ContractModel.personRow;
import static engineroom.testkit.Say.get;
import static engineroom.testkit.Say.shape;
import static org.assertj.core.api.Assertions.assertThat;

import engineroom.authorize.Shape;
import engineroom.authorize.Shape.Member;
import engineroom.data.Row;
import engineroom.data.Type;
import engineroom.data.Value;
import engineroom.expression.Arguments;
import engineroom.expression.Expression;
import engineroom.expression.Expression.Comparison;
import engineroom.expression.Expression.Quantified;
import engineroom.expression.Expression.Quantifier;
import engineroom.model.History;
import engineroom.operation.Selection.Direction;
import engineroom.operation.Selection.Sort;
import engineroom.operation.Summary;
import engineroom.outcome.Change;
import engineroom.plan.Counted;
import engineroom.plan.Plan;
import engineroom.run.OldVersions;
import engineroom.store.Transaction;
import engineroom.store.Versions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What holds of the versions of rows.
interface HistoryContract {
  Instant NINE = Instant.parse("2026-08-01T09:00:00Z");

  Opened opened();

  private static Instant at(int minute) {
    return NINE.plusSeconds(60L * minute);
  }

  private static Change.Origin by(int minute) {
    return new Change.Origin("ann", "request", at(minute));
  }

  private static Value moment(int minute) {
    return new Value.Timestamp(at(minute));
  }

  private static Versions versions(Transaction transaction, String entity) {
    return new Versions(transaction, ContractModel.MODEL.entity(entity));
  }

  private static void created(Opened in, String entity, Row row, int minute) {
    in.use(
        transaction -> {
          transaction.insert(entity, row);
          versions(transaction, entity).created(row, by(minute));
        });
  }

  /// The row with another value, one version further.
  private static Row changed(Opened in, String entity, Row row, String field, Value value) {
    var minute = (int) row.version() * 10;
    var after = row.with(field, value).with("version", Value.of(row.version() + 1));
    in.use(
        transaction -> {
          transaction.update(entity, after, java.util.Set.of(field, "version"));
          versions(transaction, entity).changed(row, after, by(minute));
        });
    return after;
  }

  private static void deleted(Opened in, String entity, Row row) {
    in.use(
        transaction -> {
          transaction.delete(entity, row.id());
          versions(transaction, entity).deleted(row, by((int) row.version() * 10));
        });
  }

  /// Rows as of the moment that is the first argument.
  private static Plan asOf(String entity, Shape shape, Expression filter) {
    var then = History.then(entity);
    var sort = List.of(Say.ascending(get(then, "id")));
    return new Plan.Rows(then, shape, filter, new Counted.Exactly(filter), sort, 0);
  }

  private static Plan asOf(String entity, String... names) {
    return asOf(entity, shape(History.then(entity), names), Expression.TRUE);
  }

  @Test
  default void tells_what_a_row_was_at_each_moment() {
    try (var in = opened()) {
      created(in, "person", personRow(1), 0);
      var second = changed(in, "person", personRow(1), "name", Value.of("Ann"));
      deleted(in, "person", second);
      var plan = asOf("person", "name", "version");
      assertThat(in.json(plan, moment(-1))).isEmpty();
      var first = "{\"name\":\"person 1\",\"version\":1}";
      assertThat(in.json(plan, moment(0))).containsExactly(first);
      assertThat(in.json(plan, moment(9))).containsExactly(first);
      assertThat(in.json(plan, moment(10))).containsExactly("{\"name\":\"Ann\",\"version\":2}");
      assertThat(in.json(plan, moment(20))).isEmpty();
      assertThat(in.read(plan, moment(15)).count()).isEqualTo(1);
      assertThat(in.read(plan, moment(25)).count()).isZero();
    }
  }

  @Test
  default void keeps_values_of_every_type_as_they_were() {
    try (var in = opened()) {
      var names = new java.util.ArrayList<String>();
      for (var field : ContractModel.MODEL.entity("item").kept().values()) {
        if (!field.secret()) {
          names.add(field.name());
        }
      }
      created(in, "person", personRow(1), 0);
      var row = full();
      created(in, "item", row, 0);
      var all = names.toArray(String[]::new);
      var now = in.json(Say.all("item", shape("item", all)));
      assertThat(in.json(asOf("item", all), moment(1))).isEqualTo(now);
      changed(in, "item", row, "title", Value.of("another"));
      assertThat(in.json(asOf("item", all), moment(1))).isEqualTo(now);
    }
  }

  private static Row full() {
    return itemRow(1)
        .with("details", Value.of("Crème"))
        .with("note", Value.of("MiXed"))
        .with("count", Value.of(Long.MAX_VALUE))
        .with("amount", new Value.Decimal(new java.math.BigDecimal("-12.3400")))
        .with("ratio", new Value.Number(0.1))
        .with("price", new Value.Money(250, "EUR"))
        .with("cost", new Value.Money(5, "USD"))
        .with("open", Value.of(true))
        .with("at", new Value.Timestamp(NINE))
        .with("span", new Value.Span(java.time.Duration.ofMinutes(5)))
        .with("place", new Value.Point(1.5, -2))
        .with("kind", Value.of("red"))
        .with("extra", new Value.Json("{\"a\":[1,null]}"))
        .with("words", new Value.ListOf(List.of(Value.of("a"), Value.of("b"))))
        .with("password", Value.of("never kept"))
        .with("owner", id(1));
  }

  @Test
  default void never_keeps_a_secret() {
    try (var in = opened()) {
      var row = itemRow(1).with("password", Value.of("hidden"));
      created(in, "item", row, 0);
      in.use(
          transaction ->
              assertThat(versions(transaction, "item").find(id(1), 1).orElseThrow().values())
                  .doesNotContainKey("password")
                  .doesNotContainValue(Value.of("hidden")));
    }
  }

  @Test
  default void follows_references_and_lists_to_the_versions_of_the_same_moment() {
    try (var in = opened()) {
      created(in, "person", personRow(1), 0);
      var item = itemRow(1).with("owner", id(1));
      created(in, "item", item, 0);
      created(in, "part", partRow(7, item), 0);
      changed(in, "person", personRow(1), "name", Value.of("Ann"));
      changed(in, "item", item, "owner", Value.NULL);
      var then = History.then("item");
      var owner = ContractModel.READABLE.entity(then).field("owner");
      var members =
          List.of(Say.one(owner, Expression.TRUE, shape(History.then("person"), "name")), parts());
      var named = Say.equal(Say.step(get(then, "owner"), "name"), Say.text("person 1"));
      var plan = asOf("item", new Shape(members), named);
      assertThat(in.json(plan, moment(5)))
          .containsExactly(
              "{\"owner\":{\"id\":\"01980000-0000-7000-8000-000000000001\","
                  + "\"name\":\"person 1\"},\"parts\":[{\"quantity\":1}]}");
      assertThat(in.json(plan, moment(10))).isEmpty();
      var owning = asOf("person", shape(History.then("person"), "name"), hasItem());
      assertThat(in.json(owning, moment(5))).containsExactly("{\"name\":\"person 1\"}");
      assertThat(in.json(owning, moment(10))).isEmpty();
    }
  }

  private static Member parts() {
    var then = History.then("part");
    var sort = List.of(Say.ascending(get(then, "id")));
    return new Member.Many(
        "parts", then, "item", Expression.TRUE, sort, 10, shape(then, "quantity"));
  }

  private static Expression hasItem() {
    var items = get(History.then("person"), "items");
    return new Quantified(Quantifier.EXISTS, items, "i", Expression.TRUE);
  }

  @Test
  default void measures_groups_as_they_were() {
    try (var in = opened()) {
      created(in, "item", itemRow(1).with("count", Value.of(3)), 0);
      var second = itemRow(2).with("count", Value.of(4));
      created(in, "item", second, 0);
      changed(in, "item", second, "count", Value.of(40));
      var then = History.then("item");
      var sum = new Summary.Measure(Summary.Function.SUM, "count", get(then, "count"));
      var summary =
          new Summary(then, Expression.TRUE, List.of(), List.of(sum), List.of(), List.of());
      var plan = new Plan.Groups(summary, 0);
      assertThat(in.json(plan, moment(5))).containsExactly("{\"sum\":{\"count\":7}}");
      assertThat(in.json(plan, moment(10))).containsExactly("{\"sum\":{\"count\":43}}");
    }
  }

  @Test
  default void tells_every_version_of_a_row_and_leads_to_its_last_one() {
    try (var in = opened()) {
      created(in, "person", personRow(1), 0);
      created(in, "person", personRow(2), 0);
      var second = changed(in, "person", personRow(1), "name", Value.of("Ann"));
      deleted(in, "person", second);
      var then = History.then("person");
      var row = get(then, History.ROW);
      var mine = Say.equal(row, Say.parameter(0, row.type()));
      var last = Say.equal(Say.step(lastOf(then), "name"), Say.text("Ann"));
      var sort = List.of(new Sort(get(then, "version"), Direction.DESCENDING));
      var plan =
          new Plan.Rows(
              then,
              shape(then, "version", History.KIND, "name"),
              new Expression.And(List.of(mine, last)),
              Counted.Nothing.NOTHING,
              sort);
      assertThat(in.json(plan, id(1)))
          .containsExactly(
              "{\"version\":3,\"kept__kind\":\"delete\",\"name\":\"Ann\"}",
              "{\"version\":2,\"kept__kind\":\"update\",\"name\":\"Ann\"}",
              "{\"version\":1,\"kept__kind\":\"create\",\"name\":\"person 1\"}");
      assertThat(in.json(plan, id(2))).isEmpty();
    }
  }

  private static Expression lastOf(String then) {
    return get(then, History.LAST);
  }

  @Test
  default void holds_a_condition_against_one_version() {
    try (var in = opened()) {
      created(in, "person", personRow(1), 0);
      changed(in, "person", personRow(1), "name", Value.of("Ann"));
      assertThat(holds(in, 1, "person 1")).isTrue();
      assertThat(holds(in, 2, "person 1")).isFalse();
      assertThat(holds(in, 2, "Ann")).isTrue();
    }
  }

  private static boolean holds(Opened in, long version, String name) {
    var same = Say.equal(get("person", "version"), Say.number(version));
    var named = Say.equal(get("person", "name"), Say.text(name));
    var condition = new Expression.And(List.of(same, named));
    return in.store().write(t -> t.holds(History.then("person"), id(1), condition, Arguments.NONE));
  }

  @Test
  default void forgets_a_version_that_is_undone_and_opens_the_one_before() {
    try (var in = opened()) {
      created(in, "person", personRow(1), 0);
      changed(in, "person", personRow(1), "name", Value.of("Ann"));
      var change =
          new Change(
              1,
              "person",
              id(1),
              Change.Kind.CHANGED,
              Map.of("version", Value.of(1)),
              Map.of("version", Value.of(2)),
              by(10));
      in.use(transaction -> versions(transaction, "person").undone(change));
      assertThat(in.json(asOf("person", "name", "version"), moment(15)))
          .containsExactly("{\"name\":\"person 1\",\"version\":1}");
    }
  }

  @Test
  default void shows_one_version_at_each_moment_also_where_the_clock_goes_back() {
    try (var in = opened()) {
      created(in, "person", personRow(1), 5);
      var second = personRow(1).with("version", Value.of(2));
      in.use(t -> versions(t, "person").changed(personRow(1), second, by(3)));
      var third = second.with("version", Value.of(3));
      in.use(t -> versions(t, "person").changed(second, third, by(4)));
      var plan = asOf("person", "version");
      assertThat(in.json(plan, moment(4))).isEmpty();
      assertThat(in.json(plan, moment(5))).containsExactly("{\"version\":3}");
    }
  }

  @Test
  default void gives_no_number_again_that_a_deleted_row_had() {
    try (var in = opened()) {
      created(in, "item", itemRow(1), 0);
      var part = partRow(7, itemRow(1));
      created(in, "part", part, 0);
      deleted(in, "part", part);
      assertThat(in.store().<Long>write(transaction -> transaction.nextId("part"))).isEqualTo(8);
    }
  }

  @Test
  default void forgets_versions_that_were_over_long_ago_and_no_others() {
    try (var in = opened()) {
      created(in, "person", personRow(1), 0);
      var second = changed(in, "person", personRow(1), "name", Value.of("Ann"));
      changed(in, "person", second, "name", Value.of("Anna"));
      created(in, "item", itemRow(1), 0);
      var part = partRow(7, itemRow(1));
      created(in, "part", part, 0);
      deleted(in, "part", part);
      var old = new OldVersions(in.store());
      var kept = at(10).plus(ContractModel.PAST);
      assertThat(old.purge(kept)).isZero();
      assertThat(old.purge(kept.plusMillis(1))).isEqualTo(3); // one of the person, all of the part
      assertThat(old.purge(kept.plusMillis(1))).isZero();
      assertThat(in.json(asOf("person", "name"), moment(15))).containsExactly("{\"name\":\"Ann\"}");
      assertThat(in.json(asOf("item", "id"), moment(15))).hasSize(1);
      assertThat(old.purge(kept.plusSeconds(3_600))).isEqualTo(1);
      assertThat(in.json(asOf("person", "name"), moment(25)))
          .containsExactly("{\"name\":\"Anna\"}");
    }
  }

  @Test
  default void forgets_a_deleted_row_whole_where_that_is_wanted_sooner() {
    try (var in = opened()) {
      created(in, "item", itemRow(1), 0);
      var second = changed(in, "item", itemRow(1), "title", Value.of("cup"));
      deleted(in, "item", second);
      created(in, "item", itemRow(2), 0);
      changed(in, "item", itemRow(2), "title", Value.of("jug"));
      created(in, "item", itemRow(3), 0);
      deleted(in, "item", itemRow(3));
      created(in, "item", itemRow(3).with("version", Value.of(3)), 15);
      var old = new OldVersions(in.store());
      var known = at(20).plus(ContractModel.GONE);
      assertThat(old.purge(known)).isZero();
      assertThat(old.purge(known.plusMillis(1))).isEqualTo(3);
      assertThat(old.purge(known.plusMillis(1))).isZero();
      assertThat(in.json(asOf("item", "title"), moment(5)))
          .containsExactly("{\"title\":\"item 2\"}", "{\"title\":\"item 3\"}");
      assertThat(in.json(asOf("item", "title"), moment(25)))
          .containsExactly("{\"title\":\"jug\"}", "{\"title\":\"item 3\"}");
    }
  }

  @Test
  default void looks_at_some_versions_at_a_time_and_goes_on_there() {
    try (var in = opened()) {
      for (int number = 1; number <= 7; number++) {
        created(in, "person", personRow(number), 0);
        changed(in, "person", personRow(number), "name", Value.of("Ann"));
      }
      var late = at(10).plus(ContractModel.PAST).plusMillis(1);
      var old = new OldVersions(in.store(), new OldVersions.Look(2, 2));
      assertThat(old.purge(late)).as("of four versions of fourteen").isEqualTo(2);
      assertThat(old.purge(late)).isEqualTo(2);
      assertThat(old.purge(late)).isEqualTo(2);
      assertThat(old.purge(late)).isEqualTo(1);
      assertThat(old.purge(late)).as("from the beginning").isZero();
      assertThat(in.json(asOf("person", "name"), moment(15))).hasSize(7);
    }
  }

  @Test
  default void orders_versions_of_one_moment_by_what_holds_of_them() {
    try (var in = opened()) {
      created(in, "person", personRow(1), 0);
      created(in, "person", personRow(2), 0);
      var then = History.then("person");
      var later =
          Say.compare(get(then, "id"), Comparison.GREATER, Say.parameter(1, Type.Scalar.UUID));
      var plan = asOf("person", shape(then, "name"), later);
      assertThat(in.json(plan, moment(0), id(1))).containsExactly("{\"name\":\"person 2\"}");
    }
  }
}
