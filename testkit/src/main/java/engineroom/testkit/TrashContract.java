package engineroom.testkit;

import static engineroom.testkit.ContractModel.id;
import static engineroom.testkit.ContractModel.itemRow;
import static engineroom.testkit.ContractModel.labelRow;
import static engineroom.testkit.ContractModel.partRow;
import static engineroom.testkit.ContractModel.personRow;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.outcome.Change;
import engineroom.outcome.TrashUnit;
import engineroom.outcome.TrashUnit.Counts;
import engineroom.outcome.TrashUnit.With;
import engineroom.store.Trash;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/// What holds of deleted rows that can be brought back.
interface TrashContract {
  /// When everything is deleted.
  Instant NOW = Instant.parse("2026-08-01T10:00:00.123456Z");

  Duration KEPT = Duration.ofDays(30);

  Counts NONE = new Counts(Map.of(), Map.of());

  Opened opened();

  @Test
  default void finds_a_unit_with_every_value_and_everything_told_of_it() {
    try (var in = opened()) {
      var row = fullItem();
      var unit =
          new TrashUnit(
              0,
              "item",
              row,
              new Counts(Map.of("part", 2), Map.of("person", 1)),
              by("ann"),
              until());
      var others =
          List.of(
              new With("part", partRow(-7, itemRow(1))), new With("part", partRow(3, itemRow(1))));
      var kept = trash(in, trash -> trash.keep(unit, others));
      assertThat(kept.number()).isPositive();
      assertThat(units(in, "item")).containsExactly(unit.numbered(kept.number()));
      assertThat(ofRow(in, "item", row)).containsExactly(unit.numbered(kept.number()));
      assertThat(others(in, kept.number())).isEqualTo(others);
    }
  }

  @Test
  default void tells_units_of_one_entity_the_newest_first_page_by_page() {
    try (var in = opened()) {
      var first = keep(in, "person", personRow(1));
      keep(in, "label", labelRow("a"));
      var second = keep(in, "person", personRow(2));
      var third = keep(in, "person", personRow(3));
      assertThat(units(in, "person")).containsExactly(third, second, first);
      assertThat(page(in, "person", third.number(), 1, NOW)).containsExactly(second);
      assertThat(page(in, "person", first.number(), 9, NOW)).isEmpty();
    }
  }

  @Test
  default void finds_every_unit_of_a_row_by_ids_of_every_kind() {
    try (var in = opened()) {
      var first = keep(in, "label", labelRow("Ä ' \" 😀"));
      var second = keep(in, "label", labelRow("Ä ' \" 😀"));
      keep(in, "label", labelRow("ä"));
      var part = keep(in, "part", partRow(-7, itemRow(1)));
      assertThat(ofRow(in, "label", labelRow("Ä ' \" 😀"))).containsExactly(second, first);
      assertThat(ofRow(in, "part", partRow(-7, itemRow(1)))).containsExactly(part);
      assertThat(ofRow(in, "part", partRow(7, itemRow(1)))).isEmpty();
      assertThat(ofRow(in, "item", itemRow(1))).isEmpty();
    }
  }

  @Test
  default void keeps_units_apart_from_the_rows() {
    try (var in = opened()) {
      in.keep("person", personRow(1));
      in.delete("person", personRow(1));
      keep(in, "person", personRow(1));
      assertThat(in.has("person", personRow(1))).isFalse();
      in.keep("person", personRow(1));
      assertThat(units(in, "person")).hasSize(1);
    }
  }

  @Test
  default void no_longer_finds_what_was_taken_out_or_forgotten() {
    try (var in = opened()) {
      var out = keep(in, "person", personRow(1));
      var forgotten = keep(in, "person", personRow(2));
      var left = keep(in, "person", personRow(3));
      in.use(transaction -> transaction.trash().takeOut(out.number()));
      in.use(transaction -> transaction.trash().forget(forgotten.number()));
      assertThat(units(in, "person")).containsExactly(left);
      assertThat(ofRow(in, "person", personRow(1))).isEmpty();
      assertThat(others(in, forgotten.number())).isEmpty();
    }
  }

  @Test
  default void shows_no_unit_whose_time_is_over() {
    try (var in = opened()) {
      var unit = keep(in, "person", personRow(1));
      var before = until().minusNanos(1_000);
      assertThat(page(in, "person", Long.MAX_VALUE, 9, before)).containsExactly(unit);
      assertThat(page(in, "person", Long.MAX_VALUE, 9, until())).isEmpty();
      assertThat(ofId(in, "person", id(1), until())).isEmpty();
    }
  }

  @Test
  default void purges_so_many_units_whose_time_is_over_and_no_other() {
    try (var in = opened()) {
      for (int number = 1; number <= 3; number++) {
        keep(in, "person", personRow(number));
      }
      assertThat(purge(in, until().minusNanos(1_000), 10)).isZero();
      assertThat(purge(in, until(), 2)).isEqualTo(2);
      assertThat(units(in, "person")).extracting(TrashUnit::row).containsExactly(personRow(3));
      assertThat(purge(in, until(), 2)).isEqualTo(1);
      assertThat(purge(in, until(), 2)).isZero();
    }
  }

  @Test
  default void each_deletion_takes_along_units_whose_time_is_over() {
    try (var in = opened()) {
      keep(in, "person", personRow(1));
      var later = new Change.Origin("ann", "r2", until());
      var unit = new TrashUnit(0, "person", personRow(2), NONE, later, until().plus(KEPT));
      trash(in, trash -> trash.keep(unit, List.of()));
      assertThat(units(in, "person")).extracting(TrashUnit::row).containsExactly(personRow(2));
    }
  }

  @Test
  default void undoes_what_a_failed_write_did_to_the_trash() {
    try (var in = opened()) {
      var before = keep(in, "person", personRow(1));
      assertThatThrownBy(
              () ->
                  in.use(
                      transaction -> {
                        var trash = transaction.trash();
                        trash.takeOut(before.number());
                        trash.keep(unit("person", personRow(2)), List.of());
                        trash.purge(until(), 10);
                        throw new IllegalArgumentException("on purpose");
                      }))
          .hasMessage("on purpose");
      assertThat(units(in, "person")).containsExactly(before);
    }
  }

  private static Row fullItem() {
    return itemRow(1)
        .with("amount", new Value.Decimal(new BigDecimal("-0.0001")))
        .with("ratio", new Value.Number(1.0 / 3))
        .with("price", new Value.Money(Long.MIN_VALUE, "EUR"))
        .with("cost", new Value.Money(Long.MAX_VALUE, "JPY"))
        .with("open", Value.of(true))
        .with("token", new Value.Uuid(new UUID(-1, -1)))
        .with("at", new Value.Timestamp(NOW))
        .with("day", new Value.Date(LocalDate.of(2026, 8, 1)))
        .with("hour", new Value.Time(LocalTime.parse("23:59:59.999999")))
        .with("span", new Value.Span(Duration.parse("-PT90M0.5S")))
        .with("place", new Value.Point(52.520008, 13.404954))
        .with("extra", new Value.Json("{\"b\":{\"x\":[1,2.50,\"é😀\"]},\"a\":true}"))
        .with("data", new Value.Bytes(new byte[] {0, -1, 127, -128}))
        .with("words", new Value.ListOf(List.of(Value.of("b"), Value.of("a\"\\,]"))))
        .with("numbers", new Value.ListOf(List.of(Value.of(Long.MAX_VALUE), Value.of(0))))
        .with("owner", id(7));
  }

  private static TrashUnit keep(Opened in, String entity, Row row) {
    return trash(in, trash -> trash.keep(unit(entity, row), List.of()));
  }

  private static TrashUnit unit(String entity, Row row) {
    return new TrashUnit(0, entity, row, NONE, by("administrator"), until());
  }

  private static Instant until() {
    return Instant.parse("2026-08-31T10:00:00.123456Z");
  }

  private static Change.Origin by(String caller) {
    return new Change.Origin(caller, "r1", NOW);
  }

  private static <T> T trash(Opened in, Function<Trash, T> work) {
    return in.store().write(transaction -> work.apply(transaction.trash()));
  }

  private static List<With> others(Opened in, long number) {
    return trash(in, trash -> trash.others(number));
  }

  private static int purge(Opened in, Instant now, int limit) {
    return trash(in, trash -> trash.purge(now, limit));
  }

  private static List<TrashUnit> page(
      Opened in, String entity, long before, int limit, Instant now) {
    return trash(in, trash -> trash.units(entity, before, limit, now));
  }

  private static List<TrashUnit> units(Opened in, String entity) {
    return page(in, entity, Long.MAX_VALUE, 100, NOW);
  }

  private static List<TrashUnit> ofId(Opened in, String entity, Value id, Instant now) {
    return trash(in, trash -> trash.ofRow(entity, id, now));
  }

  private static List<TrashUnit> ofRow(Opened in, String entity, Row row) {
    return ofId(in, entity, row.id(), NOW);
  }
}
