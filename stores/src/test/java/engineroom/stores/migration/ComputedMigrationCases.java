package engineroom.stores.migration;

import static engineroom.stores.migration.Sketch.entity;
import static engineroom.stores.migration.Sketch.field;
import static engineroom.stores.migration.Sketch.initial;
import static engineroom.stores.migration.Sketch.model;
import static engineroom.stores.migration.Sketch.row;
import static org.assertj.core.api.Assertions.assertThat;

import engineroom.data.Type;
import engineroom.data.Value;
import engineroom.expression.ExpressionReader;
import engineroom.migrate.MigrationPlan.Loss;
import engineroom.model.Field;
import engineroom.model.FieldType.Text;
import engineroom.model.FieldType.Whole;
import engineroom.model.Model;
import engineroom.model.ModelScope;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What migrations do about fields that are worked out from others.
public abstract class ComputedMigrationCases {
  private static final Field COUNT = field("count", new Whole(null, null));

  @TempDir Path folder;
  private Migrated database;

  /// An empty database; in a file where it is one.
  protected abstract Migrated open(Path file);

  @BeforeEach
  void with_a_box_of_two_things() {
    database = open(folder.resolve("boxes.db"));
    var model = boxes();
    database.with(model, "box", row(1, Map.of("name", Value.of("red"))));
    database.with(model, "box", row(2, Map.of("name", Value.of("blue"))));
    var red = row(1, Map.of()).id();
    database.with(
        model,
        "thing",
        row(3, Map.of("box", red, "count", Value.of(7))),
        row(4, Map.of("box", red, "count", Value.of(5))));
  }

  @AfterEach
  void closed() {
    database.close();
  }

  private static Model boxes(Field... computed) {
    var own = new Field[computed.length + 1];
    own[0] = field("name", Text.PLAIN);
    System.arraycopy(computed, 0, own, 1, computed.length);
    return model(entity("box", own), entity("thing", COUNT, field("box", Sketch.reference("box"))));
  }

  private static Field computed(String name, String text, boolean stored) {
    var scope = ModelScope.of(boxes(), "box", ModelScope.Use.RULE);
    var value = ExpressionReader.read(text, scope, Type.Scalar.INTEGER).expression();
    return filled(name, new Field.Computed(value, stored));
  }

  private static Field filled(String name, Field.Computed computed) {
    var plain = field(name, new Whole(null, null));
    return new Field(
        name,
        plain.type(),
        /* required= */ true,
        plain.traits(),
        new Field.Filling(null, null, computed, null),
        plain.access(),
        plain.notes());
  }

  private static Field total(String text) {
    return computed("total", text, /* stored= */ true);
  }

  private List<Value> totals(Model model) {
    return database.values(model, "box", "total");
  }

  @Test
  void fills_a_new_one_for_the_rows_that_are_there() {
    var after = boxes(total("things.sum(t, t.count)"));
    assertThat(database.steps(after)).containsExactly("add box.total | SLOW 2");
    database.to(after);
    assertThat(totals(after)).containsExactly(Value.of(12), Value.of(0));
    assertThat(database.steps(after)).isEmpty();
  }

  @Test
  void works_it_out_anew_where_it_is_made_of_something_else() {
    database.to(boxes(total("things.sum(t, t.count)")));
    var after = boxes(total("things.sum(t, t.count * 2)"));
    assertThat(database.steps(after)).containsExactly("compute box.total anew | SLOW 2");
    database.to(after);
    assertThat(totals(after)).containsExactly(Value.of(24), Value.of(0));
  }

  @Test
  void works_it_out_anew_where_a_virtual_one_that_it_names_says_something_else() {
    database.to(through("things.sum(t, t.count)"));
    var after = through("things.count()");
    assertThat(database.steps(after)).containsExactly("compute box.total anew | SLOW 2");
    database.to(after);
    assertThat(totals(after)).containsExactly(Value.of(3), Value.of(1));
  }

  private static Model through(String text) {
    var inner = computed("inner", text, /* stored= */ false);
    var scope = ModelScope.of(boxes(inner), "box", ModelScope.Use.RULE);
    var value = ExpressionReader.read("inner + 1", scope, Type.Scalar.INTEGER).expression();
    return boxes(inner, filled("total", new Field.Computed(value, /* stored= */ true)));
  }

  @Test
  void works_it_out_anew_where_values_that_it_is_made_of_become_others() {
    database.to(boxes(total("things.sum(t, t.count)")));
    var added = initial(field("weight", new Whole(null, null)), Value.of(3));
    var scoped =
        model(entity("box"), entity("thing", added, field("box", Sketch.reference("box"))));
    var scope = ModelScope.of(scoped, "box", ModelScope.Use.RULE);
    var value =
        ExpressionReader.read("things.sum(t, t.weight)", scope, Type.Scalar.INTEGER).expression();
    var total = filled("total", new Field.Computed(value, /* stored= */ true));
    var after =
        model(
            entity("box", field("name", Text.PLAIN), total),
            entity("thing", COUNT, field("box", Sketch.reference("box")), added));
    database.to(after);
    assertThat(totals(after)).containsExactly(Value.of(6), Value.of(0));
  }

  @Test
  void keeps_it_no_more_where_it_becomes_virtual_and_loses_nothing() {
    database.to(boxes(total("things.sum(t, t.count)")));
    var after = boxes(computed("total", "things.sum(t, t.count)", /* stored= */ false));
    assertThat(database.steps(after))
        .containsExactly("drop box.total, which was computed | SLOW 2");
    database.to(after);
    assertThat(database.schema().toString()).doesNotContain("total");
  }

  @Test
  void refuses_to_lose_values_that_were_given() {
    var given = initial(field("total", new Whole(null, null)), Value.of(99));
    database.to(boxes(given));
    var after = boxes(total("things.sum(t, t.count)"));
    assertThat(database.steps(after))
        .containsExactly("add box.total | SLOW 2", "drop box.total | DESTRUCTIVE 2");
    database.losing(after);
    assertThat(totals(after)).containsExactly(Value.of(12), Value.of(0));
  }

  @Test
  void leaves_the_values_where_it_is_computed_no_longer() {
    database.to(boxes(total("things.sum(t, t.count)")));
    var after = boxes(field("total", new Whole(null, null)));
    database.to(after);
    assertThat(totals(after)).containsExactly(Value.of(12), Value.of(0));
  }

  @Test
  void refuses_rows_for_which_a_required_one_would_have_no_value() {
    assertThat(database.refused(boxes(total("10 / things.count()")), Loss.REFUSED))
        .hasSize(2)
        .first()
        .asString()
        .contains("0002: total would have no value");
  }
}
