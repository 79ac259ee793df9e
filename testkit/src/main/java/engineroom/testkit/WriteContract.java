package engineroom.testkit;

import static engineroom.testkit.ContractModel.id;
import static engineroom.testkit.ContractModel.itemRow;
import static engineroom.testkit.ContractModel.labelRow;
import static engineroom.testkit.ContractModel.partRow;
import static engineroom.testkit.ContractModel.personRow;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import engineroom.data.Type;
import engineroom.data.Value;
import engineroom.expression.Arguments;
import engineroom.expression.Expression;
import engineroom.expression.Expression.Quantified;
import engineroom.expression.Expression.Quantifier;
import engineroom.outcome.Change;
import engineroom.store.Store;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What holds of writes.
interface WriteContract {
  Opened opened();

  @Test
  default void finds_a_row_that_was_kept() {
    try (var in = opened()) {
      in.keep("person", personRow(1), personRow(2).with("boss", id(1)));
      assertThat(in.found("person", personRow(2))).isEqualTo(personRow(2).with("boss", id(1)));
    }
  }

  @Test
  default void finds_nothing_where_nothing_was_kept() {
    try (var in = opened()) {
      in.keep("person", personRow(1));
      assertThat(in.has("person", personRow(2))).isFalse();
      assertThat(in.has("item", itemRow(1))).isFalse();
    }
  }

  @Test
  default void keeps_ids_of_every_kind() {
    try (var in = opened()) {
      in.keep("item", itemRow(1));
      in.keep("part", partRow(-7, itemRow(1)));
      in.keep("label", labelRow("Ä ' \" 😀"), labelRow("ä"));
      assertThat(in.found("part", partRow(-7, itemRow(1)))).isEqualTo(partRow(-7, itemRow(1)));
      assertThat(in.has("label", labelRow("Ä ' \" 😀"))).isTrue();
      assertThat(in.has("label", labelRow("Ä"))).isFalse();
    }
  }

  @Test
  default void updates_the_named_fields_only() {
    try (var in = opened()) {
      in.keep("person", personRow(1));
      var changed = personRow(1).with("name", Value.of("Ann")).with("email", Value.of("a@b.c"));
      in.update("person", changed.with("version", Value.of(2)), "name", "version");
      assertThat(in.found("person", changed))
          .isEqualTo(personRow(1).with("name", Value.of("Ann")).with("version", Value.of(2)));
    }
  }

  @Test
  default void updates_a_value_to_null() {
    try (var in = opened()) {
      in.keep("person", personRow(1), personRow(2).with("boss", id(1)));
      in.update("person", personRow(2), "boss");
      assertThat(in.found("person", personRow(2)).value("boss")).isEqualTo(Value.NULL);
    }
  }

  @Test
  default void forgets_a_deleted_row() {
    try (var in = opened()) {
      in.keep("person", personRow(1), personRow(2));
      in.delete("person", personRow(1));
      assertThat(in.has("person", personRow(1))).isFalse();
      assertThat(in.has("person", personRow(2))).isTrue();
    }
  }

  @Test
  default void undoes_a_failed_write_and_nothing_else() {
    try (var in = opened()) {
      in.keep("person", personRow(1), personRow(2));
      assertThatThrownBy(
              () ->
                  in.use(
                      transaction -> {
                        transaction.insert("person", personRow(3));
                        var changed = personRow(1).with("name", Value.of("changed"));
                        transaction.update("person", changed, Set.of("name"));
                        transaction.delete("person", id(2));
                        transaction.log(change(1));
                        throw new IllegalArgumentException("on purpose");
                      }))
          .hasMessage("on purpose");
      assertThat(in.found("person", personRow(1))).isEqualTo(personRow(1));
      assertThat(in.has("person", personRow(2))).isTrue();
      assertThat(in.has("person", personRow(3))).isFalse();
      assertThat(in.store().changes(0, 10)).isEmpty();
      in.keep("person", personRow(3));
      assertThat(in.has("person", personRow(3))).isTrue();
    }
  }

  @Test
  default void a_write_sees_what_it_wrote() {
    try (var in = opened()) {
      var everybody = in.store().compile(Say.all("person", Say.shape("person", "name")));
      in.use(
          transaction -> {
            transaction.insert("person", personRow(1));
            transaction.insert("person", personRow(2).with("boss", id(1)));
            assertThat(transaction.find("person", id(1))).contains(personRow(1));
            assertThat(transaction.referring("person", "boss", id(1))).containsExactly(id(2));
            var result = transaction.read(everybody, Opened.binding(10, 0));
            assertThat(Opened.texts(result))
                .containsExactly("{\"name\":\"person 1\"}", "{\"name\":\"person 2\"}");
            transaction.delete("person", id(2));
            assertThat(transaction.find("person", id(2))).isEmpty();
          });
    }
  }

  @Test
  default void tests_conditions_through_references_and_lists() {
    try (var in = opened()) {
      in.keep("person", personRow(1), personRow(2).with("boss", id(1)));
      var boss = Say.equal(Say.get("person", "boss", "name"), Say.text("person 1"));
      var report = Say.variable("r", "person");
      var leads =
          new Quantified(
              Quantifier.EXISTS,
              Say.get("person", "reports"),
              "r",
              Say.equal(Say.step(report, "name"), Say.parameter(0, Type.Scalar.TEXT)));
      in.use(
          transaction -> {
            var name = new Arguments(List.of(Value.of("person 2")));
            assertThat(transaction.holds("person", id(2), boss, Arguments.NONE)).isTrue();
            assertThat(transaction.holds("person", id(1), boss, Arguments.NONE)).isFalse();
            assertThat(transaction.holds("person", id(1), leads, name)).isTrue();
            assertThat(transaction.holds("person", id(2), leads, name)).isFalse();
            assertThat(transaction.holds("person", id(9), Expression.TRUE, name)).isFalse();
          });
    }
  }

  @Test
  default void tells_who_refers_in_order_of_id() {
    try (var in = opened()) {
      in.keep("person", personRow(9));
      for (int number : new int[] {5, 3, 8, 1}) {
        in.keep("person", personRow(number).with("boss", id(9)));
      }
      in.use(
          transaction -> {
            assertThat(transaction.referring("person", "boss", id(9)))
                .containsExactly(id(1), id(3), id(5), id(8));
            assertThat(transaction.referring("person", "boss", id(1))).isEmpty();
          });
    }
  }

  @Test
  default void gives_integer_ids_that_are_free_and_count_up() {
    try (var in = opened()) {
      in.keep("item", itemRow(1));
      long first = in.store().write(transaction -> transaction.nextId("part"));
      assertThat(first).isPositive();
      in.keep("part", partRow(40, itemRow(1)));
      in.use(
          transaction -> {
            long next = transaction.nextId("part");
            assertThat(next).isGreaterThan(40);
            transaction.insert("part", partRow((int) next, itemRow(1)));
            assertThat(transaction.nextId("part")).isGreaterThan(next);
          });
    }
  }

  @Test
  default void numbers_changes_from_one_and_tells_them_in_order() {
    try (var in = opened()) {
      in.use(
          transaction -> {
            assertThat(transaction.log(change(1)).sequence()).isEqualTo(1);
            assertThat(transaction.log(change(2)).sequence()).isEqualTo(2);
          });
      in.refusal(
          transaction -> {
            transaction.log(change(8));
            transaction.insert("person", personRow(1).with("boss", id(9)));
          });
      Store store = in.store();
      var third = store.write(transaction -> transaction.log(change(3)));
      assertThat(third.sequence()).as("what was undone may have had a number").isGreaterThan(2);
      assertThat(store.changes(0, 10))
          .containsExactly(change(1).numbered(1), change(2).numbered(2), third);
      assertThat(store.changes(1, 1)).containsExactly(change(2).numbered(2));
      assertThat(store.changes(third.sequence(), 10)).isEmpty();
    }
  }

  @Test
  default void gives_the_changes_of_some_entities_and_the_last_number() {
    try (var in = opened()) {
      assertThat(in.store().lastChange()).isZero();
      in.use(
          transaction -> {
            transaction.log(change(1));
            transaction.log(change("item", 2));
            transaction.log(change(3));
            transaction.log(change("item", 4));
          });
      Store store = in.store();
      assertThat(store.lastChange()).isEqualTo(4);
      assertThat(store.changes(0, Set.of("item", "person"), 3)).hasSize(3);
      assertThat(store.changes(0, Set.of("item"), 10))
          .containsExactly(change("item", 2).numbered(2), change("item", 4).numbered(4));
      assertThat(store.changes(2, Set.of("person"), 10)).containsExactly(change(3).numbered(3));
      assertThat(store.changes(0, Set.of("item"), 1)).hasSize(1);
      assertThat(store.changes(0, Set.of("nothing"), 10)).isEmpty();
    }
  }

  @Test
  default void numbers_many_changes_at_once_as_one_by_one() {
    try (var in = opened()) {
      var many = IntStream.rangeClosed(1, 70).mapToObj(WriteContract::change).toList();
      var numbered = new ArrayList<Change>();
      in.use(
          transaction -> {
            transaction.log(change(100));
            numbered.addAll(transaction.log(many));
          });
      assertThat(numbered)
          .containsExactlyElementsOf(
              IntStream.rangeClosed(1, 70).mapToObj(n -> change(n).numbered(n + 1)).toList());
      assertThat(in.store().changes(1, 100)).isEqualTo(numbered);
    }
  }

  @Test
  default void counts_every_write_of_many_threads() throws Exception {
    int threads = 32;
    int writes = 10;
    try (var in = opened();
        var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      in.keep("item", itemRow(1).with("count", Value.of(0)));
      var running = new ArrayList<Future<?>>();
      for (int thread = 0; thread < threads; thread++) {
        running.add(pool.submit(() -> IntStream.range(0, writes).forEach(_ -> addOne(in))));
      }
      for (var each : running) {
        each.get();
      }
      assertThat(in.found("item", itemRow(1)).value("count"))
          .isEqualTo(Value.of((long) threads * writes));
      assertThat(in.store().changes(0, 1_000)).hasSize(threads * writes);
    }
  }

  private static void addOne(Opened in) {
    in.use(
        transaction -> {
          var row = transaction.find("item", id(1)).orElseThrow();
          var count = ((Value.Integer) row.value("count")).number();
          transaction.update("item", row.with("count", Value.of(count + 1)), Set.of("count"));
          transaction.log(change(1));
        });
  }

  private static Change change(int number) {
    return change("person", number);
  }

  private static Change change(String entity, int number) {
    var field = entity.equals("item") ? "title" : "name";
    var before = Map.of(field, Value.of("before"));
    var after = Map.<String, Value>of(field, Value.NULL, "version", Value.of(number));
    var origin =
        new Change.Origin(
            "administrator", "r" + number, Instant.parse("2026-08-01T10:00:00.000001Z"));
    return new Change(0, entity, id(number), Change.Kind.CHANGED, before, after, origin);
  }
}
