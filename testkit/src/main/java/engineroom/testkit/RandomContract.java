package engineroom.testkit;

import static engineroom.testkit.Say.ascending;
import static engineroom.testkit.Say.descending;
import static engineroom.testkit.Say.get;
import static org.assertj.core.api.Assertions.assertThat;

import engineroom.authorize.Shape;
import engineroom.authorize.Shape.Member;
import engineroom.data.Value;
import engineroom.expression.Arguments;
import engineroom.expression.Expression;
import engineroom.operation.Selection.Sort;
import engineroom.plan.Plan;
import engineroom.store.Store;
import engineroom.store.WithoutPushdown;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Random conditions and plans mean the same to the store as to the evaluator in memory. The seed
/// is printed where they differ; `-Dseed=…` runs it again.
interface RandomContract {
  int CONDITIONS = 400;
  int PLANS = 100;
  int SUMMARIES = 300;
  int ITEMS = 40;

  Opened opened();

  @Test
  default void filters_as_the_evaluator_does() {
    try (var in = opened()) {
      var random = filled(in);
      var shape = Say.shape("item", "id");
      for (int i = 0; i < CONDITIONS; i++) {
        if (i == CONDITIONS / 2) {
          makeHeavy(in, random);
        }
        same(in, Say.rows("item", shape, random.condition()), random);
      }
    }
  }

  @Test
  default void tests_stored_rows_as_the_evaluator_does() {
    try (var in = opened()) {
      var random = filled(in);
      var reference = new WithoutPushdown(in.store());
      for (int i = 0; i < 20; i++) {
        var condition = random.condition();
        var row = ContractModel.itemRow(i);
        assertThat(holds(in.store(), row.id(), condition))
            .as("seed %s: %s", random.seed(), condition)
            .isEqualTo(holds(reference, row.id(), condition));
      }
    }
  }

  @Test
  default void reads_random_plans_as_they_are_read_in_memory() {
    try (var in = opened()) {
      var random = filled(in);
      for (int i = 0; i < PLANS; i++) {
        var filter = random.condition();
        same(in, Say.rows("item", shape(random), filter, sort(random)), random);
      }
    }
  }

  @Test
  default void groups_and_measures_as_in_memory() {
    try (var in = opened()) {
      var random = filled(in);
      var summaries = new RandomSummaries(random);
      for (int i = 0; i < SUMMARIES; i++) {
        if (i == SUMMARIES / 2) {
          makeHeavy(in, random);
        }
        var asked = summaries.summary();
        same(in, asked.plan(), random, asked.arguments().toArray(Value[]::new));
      }
    }
  }

  private static void makeHeavy(Opened in, RandomConditions random) {
    for (int i = 0; i < 4; i++) {
      var item = in.found("item", ContractModel.itemRow(random.below(ITEMS)));
      in.update("item", random.heavy(item), "count", "amount", "ratio");
    }
  }

  /// Both give the same bytes, keys, count and end, page by page.
  private static void same(Opened in, Plan plan, RandomConditions random, Value... arguments) {
    var reference = new WithoutPushdown(in.store());
    int limit = 1 + random.below(ITEMS);
    var binding = Opened.binding(limit, random.below(3), arguments);
    var expected = reference.read(reference.compile(plan), binding);
    var actual = in.store().read(in.store().compile(plan), binding);
    var said = "seed " + random.seed() + ": " + plan + " with " + List.of(arguments);
    assertThat(Opened.texts(actual)).as(said).isEqualTo(Opened.texts(expected));
    assertThat(actual.lastKeys()).as(said).isEqualTo(expected.lastKeys());
    assertThat(actual.version()).as(said).isEqualTo(expected.version());
    assertThat(actual.more()).as(said).isEqualTo(expected.more());
    assertThat(actual.count()).as(said).isEqualTo(expected.count());
  }

  private static boolean holds(Store store, Value id, Expression condition) {
    return store.write(transaction -> transaction.holds("item", id, condition, Arguments.NONE));
  }

  private static RandomConditions filled(Opened in) {
    long seed = Long.getLong("seed", new Random().nextLong());
    var random = new RandomConditions(seed);
    for (int i = 0; i < 6; i++) {
      var person = ContractModel.personRow(i);
      in.keep("person", i == 0 ? person : person.with("boss", ContractModel.id(i / 2)));
    }
    for (int i = 0; i < ITEMS; i++) {
      in.keep("item", random.item(i));
    }
    for (int i = 0; i < ITEMS; i++) {
      var item = ContractModel.itemRow(random.below(ITEMS));
      in.keep(
          "part", ContractModel.partRow(i, item).with("quantity", Value.of(1 + random.below(5))));
    }
    return random;
  }

  private static Shape shape(RandomConditions random) {
    var members = new ArrayList<Member>();
    for (var field : ContractModel.MODEL.entity("item").fields().keySet()) {
      if (random.below(3) == 0 && !field.equals("owner")) {
        members.addAll(Say.shape("item", field).members());
      }
    }
    var owner = ContractModel.MODEL.entity("item").field("owner");
    var guard = Say.equal(get("person", "name"), Say.text("person " + random.below(6)));
    members.add(Say.one(owner, guard, Say.shape("person", "email", "boss")));
    var sort = List.of(descending(get("part", "quantity")), ascending(get("part", "id")));
    var parts = Say.shape("part", "id", "quantity", "note");
    members.add(
        new Member.Many(
            "parts", "part", "item", Expression.TRUE, sort, 1 + random.below(3), parts));
    return new Shape(members);
  }

  private static Sort[] sort(RandomConditions random) {
    var sort = new ArrayList<Sort>();
    for (var field :
        List.of("count", "title", "amount", "ratio", "at", "open", "day", "share", "worth")) {
      if (random.below(4) == 0) {
        var by = get("item", field);
        sort.add(random.below(2) == 0 ? ascending(by) : descending(by));
      }
    }
    return sort.toArray(Sort[]::new);
  }
}
