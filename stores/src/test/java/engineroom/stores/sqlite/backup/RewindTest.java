package engineroom.stores.sqlite.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import engineroom.model.Entity;
import engineroom.model.Field;
import engineroom.model.FieldType.Whole;
import engineroom.model.Model;
import engineroom.stores.migration.Shop;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RewindTest {
  private static final int WRITES = 90;
  private static final int MOMENTS = 24;

  @TempDir Path folder;
  private Place place;
  private final List<Noted> noted = new ArrayList<>();

  /// How it was right after a write.
  private record Noted(Instant time, Place.State state) {}

  @BeforeEach
  void with_states_noted_after_every_write() {
    place = new Place(folder, 42);
    for (var i = 0; i < WRITES; i++) {
      place.write();
      noted.add(new Noted(place.clock.instant(), place.state()));
      if (i % 40 == 39) {
        place.backups.make();
      }
    }
  }

  @AfterEach
  void closed() {
    place.close();
  }

  private Restore to(String name) {
    return new Restore(place.backups, target(name));
  }

  private Path target(String name) {
    return folder.resolve(name + "/shop.db");
  }

  @Test
  void goes_back_to_any_moment_exactly() {
    var random = new Random(5);
    var sources = new HashSet<String>();
    for (var i = 0; i < MOMENTS; i++) {
      var then = noted.get(random.nextInt(noted.size()));
      var restored = to("at" + i).at(new Moment.At(then.time()), Place.MODEL);
      sources.add(restored.source());
      assertThat(Place.state(target("at" + i)))
          .as("at " + then.time() + " from " + restored.source())
          .isEqualTo(then.state());
    }
    assertThat(sources).as("both backups, and the present database").hasSize(3);
  }

  @Test
  void goes_back_to_a_number_and_takes_the_whole_operation_along() {
    for (var i = 1; i < WRITES; i += 9) {
      var then = noted.get(i).state();
      var first = noted.get(i - 1).state().sequence() + 1;
      var restored = to("number" + i).at(new Moment.Number(first), Place.MODEL);
      assertThat(restored.sequence()).isEqualTo(then.sequence());
      assertThat(Place.state(target("number" + i))).isEqualTo(then);
    }
  }

  @Test
  void goes_back_to_before_everything() {
    to("empty").at(new Moment.Number(0), Place.MODEL);
    assertThat(Place.state(target("empty")).rows()).isEmpty();
  }

  @Test
  void finds_again_by_search_what_was_deleted_later() throws Exception {
    var then = noted.get(60);
    to("search").at(new Moment.At(then.time()), Place.MODEL);
    var products = then.state().rows().keySet().stream().filter(k -> k.startsWith("product"));
    try (var connection = Snapshot.open(target("search"));
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "SELECT count(*) FROM product p JOIN product__search s ON s.rowid = p._row"
                    + " WHERE s.product__search MATCH 'tea OR coffee'")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getLong(1)).isEqualTo(products.count()).isPositive();
      assertThat(Proof.unsound(connection)).isEmpty();
    }
  }

  @Test
  void goes_on_from_there_with_the_next_number() {
    var then = noted.get(50);
    place.close();
    new Restore(place.backups, place.file).at(new Moment.At(then.time()), Place.MODEL);
    place.open();
    assertThat(place.state()).isEqualTo(then.state());
  }

  @Test
  void refuses_a_moment_to_come_and_a_number_that_is_not_there_yet() {
    var later = new Moment.At(place.clock.instant().plusSeconds(1));
    assertThatThrownBy(() -> to("x").at(later, Place.MODEL)).hasMessageContaining("is yet to come");
    assertThatThrownBy(() -> to("x").at(new Moment.Number(1_000_000), Place.MODEL))
        .hasMessageMatching("There is no change 1000000: the last one is \\d+\\. Give a .*");
  }

  @Test
  void refuses_a_gap_in_the_log_and_says_where() throws Exception {
    var last = place.state().sequence();
    try (var connection = Snapshot.open(place.file)) {
      Snapshot.run(connection, "DELETE FROM _engineroom_change WHERE sequence < " + (last - 4));
    }
    assertThatThrownBy(() -> to("x").at(new Moment.Number(last - 6), Place.MODEL))
        .hasMessageContaining("The change log has a gap: of the changes")
        .hasMessageContaining("the first is " + (last - 4));
    assertThat(target("x")).doesNotExist();
    var kept = noted.get(WRITES - 2);
    to("y").at(new Moment.At(kept.time()), Place.MODEL);
    assertThat(Place.state(target("y")).rows()).isEqualTo(kept.state().rows());
  }

  @Test
  void refuses_a_row_that_was_changed_past_the_log() throws Exception {
    try (var connection = Snapshot.open(place.file)) {
      Snapshot.run(connection, "UPDATE product SET stock = 99");
    }
    var late = new Moment.At(noted.get(WRITES - 8).time());
    assertThatThrownBy(() -> to("x").at(late, Place.MODEL))
        .hasMessageContaining("its stock has another value. It was changed past the log.");
    var early = new Moment.Number(noted.get(20).state().sequence());
    assertThat(to("y").at(early, Place.MODEL).source())
        .as("a backup from before reaches there too")
        .matches("corner-shop-.*\\.backup \\(not the nearest, for: A row of product .*\\)");
  }

  @Test
  void refuses_entities_that_keep_no_log_and_names_them() {
    var category = Shop.CATEGORY;
    var silent =
        new Entity(
            category.name(),
            category.plural(),
            category.fields(),
            category.lists(),
            category.keys(),
            category.access(),
            new Entity.Notes(null, null, null, false));
    var entities = new LinkedHashMap<>(Place.MODEL.entities());
    entities.put("category", silent);
    var model = new Model("shop", "sqlite:shop.db", Place.MODEL.roles(), entities);
    assertThatThrownBy(() -> to("x").at(new Moment.Number(1), model))
        .hasMessageContaining(
            "What became of each category is not known: the model says changes: off.");
  }

  @Test
  void refuses_a_model_that_has_changed_since() {
    var model = Shop.model(Shop.CATEGORY, Shop.product(Field.of("stock", new Whole(0L, 5_000L))));
    assertThatThrownBy(() -> to("x").at(new Moment.Number(1), model))
        .hasMessageContaining("The model has changed since: ");
  }

  @Test
  void a_clock_that_was_ahead_for_a_while_does_not_draw_the_moment_back() throws Exception {
    try (var connection = Snapshot.open(place.file)) {
      Snapshot.run(
          connection,
          "UPDATE _engineroom_change SET time = '2031-01-01T00:00:00Z' WHERE sequence = 3");
    }
    place.clock.advance(Duration.ofHours(2));
    place.write();
    var then = place.state();
    place.clock.advance(Duration.ofHours(2));
    var moment = new Moment.At(place.clock.instant());
    place.write();
    assertThat(to("x").at(moment, Place.MODEL).sequence()).isEqualTo(then.sequence());
  }
}
