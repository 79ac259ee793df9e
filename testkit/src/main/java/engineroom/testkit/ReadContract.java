package engineroom.testkit;

import static engineroom.testkit.ContractModel.id;
import static engineroom.testkit.ContractModel.itemRow;
import static engineroom.testkit.ContractModel.partRow;
import static engineroom.testkit.ContractModel.personRow;
import static engineroom.testkit.Opened.binding;
import static engineroom.testkit.Say.ascending;
import static engineroom.testkit.Say.descending;
import static engineroom.testkit.Say.get;
import static engineroom.testkit.Say.shape;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import engineroom.authorize.Shape;
import engineroom.authorize.Shape.Member;
import engineroom.data.Row;
import engineroom.data.Type;
import engineroom.data.Value;
import engineroom.expression.Expression;
import engineroom.expression.Expression.Comparison;
import engineroom.expression.Expression.Guarded;
import engineroom.expression.Expression.Search;
import engineroom.operation.Selection.Direction;
import engineroom.operation.Selection.Sort;
import engineroom.plan.Counted;
import engineroom.plan.Plan;
import engineroom.store.Access;
import engineroom.store.Capability;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/// What reads give.
interface ReadContract {
  Opened opened();

  @Test
  default void reads_of_one_state_see_no_write_that_comes_between() throws InterruptedException {
    try (var in = opened()) {
      in.keep("person", personRow(1));
      var every = in.store().compile(everyPerson(in));
      var writer = new Thread(() -> in.keep("person", personRow(2)));
      var seen =
          in.store()
              .still(
                  Duration.ofSeconds(60),
                  access -> {
                    int before = access.read(every, binding(10, 0)).rows().size();
                    writer.start();
                    joined(writer);
                    return List.of(before, access.read(every, binding(10, 0)).rows().size());
                  });
      writer.join();
      assertThat(seen).containsExactly(1, 1);
      assertThat(in.read(everyPerson(in)).rows()).hasSize(2);
    }
  }

  @Test
  default void refuses_a_write_among_reads_of_one_state() {
    try (var in = opened()) {
      Function<Access, Integer> writing = access -> access.write(_ -> 1);
      assertThatThrownBy(() -> in.store().still(Duration.ofSeconds(60), writing))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  /// Waits until a write is done, or for a store where it waits for the reads.
  private static void joined(Thread writer) {
    try {
      writer.join(Duration.ofMillis(500));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Plan everyPerson(Opened in) {
    var id = in.store().model().entity("person").get("id");
    return new Plan.Rows(
        "person",
        new Shape(List.of()),
        Expression.TRUE,
        Counted.Nothing.NOTHING,
        List.of(new Sort(id, Direction.ASCENDING)));
  }

  @Test
  default void shows_the_members_of_a_shape_in_its_order() {
    try (var in = opened()) {
      in.keep("person", personRow(1));
      in.keep("item", itemRow(1).with("owner", id(1)).with("count", Value.of(3)));
      assertThat(in.json(Say.all("item", shape("item", "count", "owner", "title", "parent"))))
          .containsExactly(
              "{\"count\":3,\"owner\":{\"id\":\"01980000-0000-7000-8000-000000000001\"},"
                  + "\"title\":\"item 1\",\"parent\":null}");
      assertThat(in.json(Say.all("item", new Shape(List.of())))).containsExactly("{}");
    }
  }

  @Test
  default void hides_members_where_they_are_not_visible() {
    try (var in = opened()) {
      in.keep("person", personRow(1), personRow(2).with("boss", id(1)));
      var person = ContractModel.MODEL.entity("person");
      var visible = Say.equal(get("person", "name"), Say.text("person 1"));
      var members =
          List.<Member>of(
              new Member.Plain(person.field("name"), visible),
              new Member.One(person.field("boss"), visible, Expression.TRUE, shape("person")));
      assertThat(in.json(Say.all("person", new Shape(members))))
          .containsExactly(
              "{\"name\":\"person 1\",\"boss\":null}", "{\"name\":null,\"boss\":null}");
    }
  }

  @Test
  default void shows_the_id_alone_of_a_row_that_does_not_meet_the_guard() {
    try (var in = opened()) {
      in.keep("person", personRow(1), personRow(2).with("boss", id(1)));
      in.keep("person", personRow(3).with("boss", id(2)), personRow(4));
      var guard = Say.equal(get("person", "name"), Say.text("person 1"));
      var boss = ContractModel.MODEL.entity("person").field("boss");
      var shape = new Shape(List.of(Say.one(boss, guard, shape("person", "name"))));
      assertThat(in.json(Say.all("person", shape)))
          .containsExactly(
              "{\"boss\":null}",
              "{\"boss\":{\"id\":\"01980000-0000-7000-8000-000000000001\",\"name\":\"person 1\"}}",
              "{\"boss\":{\"id\":\"01980000-0000-7000-8000-000000000002\"}}",
              "{\"boss\":null}");
    }
  }

  @Test
  default void nests_lists_with_filter_order_and_limit() {
    try (var in = opened()) {
      in.keep("item", itemRow(1), itemRow(2));
      for (int number = 1; number <= 5; number++) {
        in.keep("part", partRow(number, itemRow(1)).with("quantity", Value.of(number % 3 + 1)));
      }
      var filter = Say.compare(get("part", "quantity"), Comparison.GREATER, Say.number(1));
      var sort = List.of(descending(get("part", "quantity")), ascending(get("part", "id")));
      var parts =
          new Member.Many(
              "parts", "part", "item", filter, sort, 3, shape("part", "id", "quantity"));
      assertThat(in.json(Say.all("item", new Shape(List.of(parts)))))
          .containsExactly(
              "{\"parts\":[{\"id\":2,\"quantity\":3},{\"id\":5,\"quantity\":3},"
                  + "{\"id\":1,\"quantity\":2}]}",
              "{\"parts\":[]}");
    }
  }

  @Test
  default void sorts_nulls_last_in_both_directions() {
    try (var in = opened()) {
      in.keep("item", counted(1, 5), itemRow(2), counted(3, -1), counted(4, 5));
      var count = get("item", "count");
      assertThat(ids(in, ascending(count))).containsExactly(3, 1, 4, 2);
      assertThat(ids(in, descending(count))).containsExactly(1, 4, 3, 2);
    }
  }

  @Test
  default void sorts_texts_by_code_point() {
    try (var in = opened()) {
      var texts = List.of("b", "B", "é", "\uffee", "😀", "", "a");
      for (int i = 0; i < texts.size(); i++) {
        in.keep("item", itemRow(i).with("title", Value.of(texts.get(i))));
      }
      assertThat(ids(in, ascending(get("item", "title")))).containsExactly(5, 1, 6, 0, 2, 3, 4);
    }
  }

  @Test
  default void sorts_through_references() {
    try (var in = opened()) {
      in.keep("person", personRow(1).with("name", Value.of("z")), personRow(2));
      in.keep("item", itemRow(1).with("owner", id(1)), itemRow(2), itemRow(3).with("owner", id(2)));
      assertThat(ids(in, ascending(get("item", "owner", "name")))).containsExactly(3, 1, 2);
    }
  }

  @Test
  default void gives_pages_and_tells_what_follows() {
    try (var in = opened()) {
      in.keep("item", counted(1, 1), counted(2, 2), counted(3, 3));
      var plan = Say.all("item", shape("item", "count"), descending(get("item", "count")));
      var first = in.page(plan, 2, 0);
      assertThat(Opened.texts(first)).containsExactly("{\"count\":3}", "{\"count\":2}");
      assertThat(first.more()).isTrue();
      assertThat(first.count()).isEqualTo(3);
      assertThat(first.lastKeys()).containsExactly(Value.of(2), id(2));
      assertThat(first.version()).isEqualTo(1);
      var rest = in.page(plan, 2, 2);
      assertThat(Opened.texts(rest)).containsExactly("{\"count\":1}");
      assertThat(rest.more()).isFalse();
      assertThat(rest.lastKeys()).as("of a page that isn't full").isEmpty();
      var beyond = in.page(plan, 2, 3);
      assertThat(beyond.rows()).isEmpty();
      assertThat(beyond.lastKeys()).isEmpty();
    }
  }

  @Test
  default void goes_on_behind_a_cursor_and_counts_without_it() {
    try (var in = opened()) {
      in.keep("item", counted(1, 1), counted(2, 2), counted(3, 3));
      var count = get("item", "count");
      var behind = Say.compare(count, Comparison.GREATER, Say.parameter(0, Type.Scalar.INTEGER));
      var plan =
          new Plan.Rows(
              "item",
              shape("item", "count"),
              behind,
              new Counted.Exactly(Expression.TRUE),
              List.of(ascending(count)));
      var page = in.read(plan, Value.of(1));
      assertThat(Opened.texts(page)).containsExactly("{\"count\":2}", "{\"count\":3}");
      assertThat(page.count()).isEqualTo(3);
    }
  }

  @Test
  default void estimates_few_rows_exactly() {
    try (var in = opened()) {
      in.keep("item", counted(1, 1), counted(2, 2), counted(3, 3));
      var two =
          Say.compare(
              get("item", "count"), Comparison.GREATER, Say.parameter(0, Type.Scalar.INTEGER));
      var plan =
          new Plan.Rows(
              "item",
              shape("item", "count"),
              two,
              new Counted.Roughly(two),
              List.of(ascending(get("item", "id"))));
      assertThat(in.read(plan, Value.of(1)).count()).isEqualTo(2);
    }
  }

  @Test
  default void counts_nothing_where_nothing_is_asked() {
    try (var in = opened()) {
      in.keep("item", itemRow(1));
      var plan =
          new Plan.Rows(
              "item",
              shape("item"),
              Expression.TRUE,
              Counted.Nothing.NOTHING,
              List.of(ascending(get("item", "id"))));
      assertThat(in.read(plan).count()).isNull();
    }
  }

  @Test
  default void treats_a_guarded_row_that_fails_as_absent() {
    try (var in = opened()) {
      in.keep("person", personRow(1), personRow(2).with("boss", id(1)));
      in.keep("person", personRow(3).with("boss", id(2)));
      var boss = Say.variable("g", "person");
      var condition = Say.equal(Say.step(boss, "name"), Say.text("person 1"));
      var guarded = new Guarded(get("person", "boss"), "g", condition);
      var filter = Say.equal(Say.step(guarded, "name"), Say.text("person 1"));
      assertThat(in.json(Say.rows("person", shape("person", "name"), filter)))
          .containsExactly("{\"name\":\"person 2\"}");
      var other = Say.equal(Say.step(guarded, "name"), Say.text("person 2"));
      assertThat(in.json(Say.rows("person", shape("person", "name"), other))).isEmpty();
    }
  }

  @Test
  default void searches_words_without_accents_and_case_the_last_as_a_prefix() {
    try (var in = opened()) {
      assumeTrue(in.store().capabilities().contains(Capability.SEARCH));
      in.keep("item", itemRow(1).with("title", Value.of("Crème brûlée")));
      in.keep("item", itemRow(2).with("details", Value.of("a creme cake")));
      in.keep("item", itemRow(3).with("title", Value.of("bruleeing only")));
      assertThat(found(in, "CREME brul")).containsExactly("{\"title\":\"Crème brûlée\"}");
      assertThat(found(in, "creme")).hasSize(2);
      assertThat(found(in, "cre cake")).isEmpty();
    }
  }

  @Test
  default void explains_in_words() {
    try (var in = opened()) {
      assertThat(in.store().compile(Say.all("item", shape("item", "title"))).explain())
          .isNotEmpty()
          .allSatisfy(line -> assertThat(line).isNotBlank());
    }
  }

  @Test
  default void scans_every_row() {
    try (var in = opened()) {
      in.keep("person", personRow(1), personRow(2));
      var rows = new ArrayList<Row>();
      in.store()
          .scan(
              tables -> {
                tables.rows("person").forEach(rows::add);
                return rows.size();
              });
      assertThat(rows).containsExactlyInAnyOrder(personRow(1), personRow(2));
    }
  }

  private static List<String> found(Opened in, String words) {
    var search =
        new Search(
            ContractModel.MODEL.entity("item").row(), List.of("title", "details"), Say.text(words));
    return in.json(Say.rows("item", shape("item", "title"), search));
  }

  private static Row counted(int number, long count) {
    return itemRow(number).with("count", Value.of(count));
  }

  /// The numbers of the items in this order.
  private static List<Integer> ids(Opened in, Sort sort) {
    return in.json(Say.all("item", shape("item", "id"), sort)).stream()
        .map(json -> Integer.parseInt(json.substring(json.length() - 6, json.length() - 2), 16))
        .toList();
  }
}
