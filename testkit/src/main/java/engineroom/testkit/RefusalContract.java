package engineroom.testkit;

import static engineroom.testkit.ContractModel.id;
import static engineroom.testkit.ContractModel.itemRow;
import static engineroom.testkit.ContractModel.partRow;
import static engineroom.testkit.ContractModel.personRow;
import static org.assertj.core.api.Assertions.assertThat;

import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.problem.OperationProblem.NotValid;
import engineroom.problem.StoreProblem.NotUnique;
import engineroom.problem.StoreProblem.StillReferred;
import engineroom.problem.Violation;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What a store refuses to keep, and how it says so.
interface RefusalContract {
  Opened opened();

  @Test
  default void refuses_an_id_that_exists() {
    try (var in = opened()) {
      in.keep("person", personRow(1));
      assertThat(in.refusal(t -> t.insert("person", personRow(1))))
          .isEqualTo(new NotUnique("person", List.of("id")));
    }
  }

  @Test
  default void refuses_values_of_a_unique_that_another_row_has() {
    try (var in = opened()) {
      in.keep("item", itemRow(1).with("code", Value.of("A")), itemRow(2));
      var clash = new NotUnique("item", List.of("code"));
      assertThat(in.refusal(t -> t.insert("item", itemRow(3).with("code", Value.of("A")))))
          .isEqualTo(clash);
      var changed = itemRow(2).with("code", Value.of("A"));
      assertThat(in.refusal(t -> t.update("item", changed, Set.of("code")))).isEqualTo(clash);
      assertThat(in.found("item", itemRow(2))).isEqualTo(itemRow(2));
    }
  }

  @Test
  default void tells_texts_of_a_unique_apart_by_case_unless_told_otherwise() {
    try (var in = opened()) {
      in.keep(
          "item", itemRow(1).with("code", Value.of("a")), itemRow(2).with("code", Value.of("A")));
      in.keep("person", personRow(1).with("email", Value.of("Änn@x.org")));
      assertThat(
              in.refusal(
                  t -> t.insert("person", personRow(2).with("email", Value.of("äNN@X.org")))))
          .isEqualTo(new NotUnique("person", List.of("email")));
    }
  }

  @Test
  default void lets_nulls_of_a_unique_be_many() {
    try (var in = opened()) {
      in.keep("person", personRow(1), personRow(2));
      in.keep("item", itemRow(1));
      in.keep("part", partRow(1, itemRow(1)), partRow(2, itemRow(1)));
      assertThat(in.has("part", partRow(2, itemRow(1)))).isTrue();
    }
  }

  @Test
  default void takes_several_fields_of_a_unique_together() {
    try (var in = opened()) {
      in.keep("item", itemRow(1), itemRow(2));
      in.keep("part", part(1, itemRow(1), 1), part(2, itemRow(1), 2), part(3, itemRow(2), 1));
      assertThat(in.refusal(t -> t.insert("part", part(4, itemRow(2), 1))))
          .isEqualTo(new NotUnique("part", List.of("item", "position")));
    }
  }

  @Test
  default void lets_a_row_keep_its_own_unique_values() {
    try (var in = opened()) {
      var row = itemRow(1).with("code", Value.of("A"));
      in.keep("item", row);
      in.update("item", row.with("title", Value.of("new")), "code", "title");
      assertThat(in.found("item", row).value("title")).isEqualTo(Value.of("new"));
    }
  }

  @Test
  default void frees_unique_values_that_are_given_up() {
    try (var in = opened()) {
      in.keep(
          "item", itemRow(1).with("code", Value.of("A")), itemRow(2).with("code", Value.of("B")));
      in.delete("item", itemRow(1));
      in.update("item", itemRow(2).with("code", Value.of("C")), "code");
      in.keep(
          "item", itemRow(3).with("code", Value.of("A")), itemRow(4).with("code", Value.of("B")));
      assertThat(in.has("item", itemRow(4))).isTrue();
    }
  }

  @Test
  default void refuses_a_reference_to_nothing() {
    try (var in = opened()) {
      in.keep("person", personRow(1));
      var lost = new NotValid(List.of(lost("boss")));
      assertThat(in.refusal(t -> t.insert("person", personRow(2).with("boss", id(9)))))
          .isEqualTo(lost);
      var changed = personRow(1).with("boss", id(9));
      assertThat(in.refusal(t -> t.update("person", changed, Set.of("boss")))).isEqualTo(lost);
      assertThat(in.found("person", personRow(1))).isEqualTo(personRow(1));
    }
  }

  @Test
  default void lets_a_row_refer_to_itself_and_go() {
    try (var in = opened()) {
      in.keep("person", personRow(1).with("boss", id(1)));
      in.delete("person", personRow(1));
      assertThat(in.has("person", personRow(1))).isFalse();
    }
  }

  @Test
  default void refuses_to_delete_what_is_referred_to() {
    try (var in = opened()) {
      in.keep("person", personRow(1), personRow(2).with("boss", id(1)));
      in.keep("item", itemRow(1).with("owner", id(2)));
      assertThat(in.refusal(t -> t.delete("person", id(1))))
          .isEqualTo(new StillReferred("person", "person"));
      assertThat(in.refusal(t -> t.delete("person", id(2))))
          .isEqualTo(new StillReferred("person", "item"));
      in.use(
          t -> {
            t.update("item", itemRow(1), Set.of("owner"));
            t.delete("person", id(2));
            t.delete("person", id(1));
          });
      assertThat(in.has("person", personRow(1))).isFalse();
    }
  }

  @Test
  default void refuses_a_row_that_breaks_a_check() {
    try (var in = opened()) {
      in.keep("item", itemRow(1));
      in.keep("part", partRow(1, itemRow(1)));
      var broken =
          new NotValid(List.of(new Violation("", "check/enough", "must have at least one piece")));
      var none = partRow(2, itemRow(1)).with("quantity", Value.of(0));
      assertThat(in.refusal(t -> t.insert("part", none))).isEqualTo(broken);
      var changed = partRow(1, itemRow(1)).with("quantity", Value.of(-1));
      assertThat(in.refusal(t -> t.update("part", changed, Set.of("quantity")))).isEqualTo(broken);
    }
  }

  private static Row part(int number, Row item, int position) {
    return partRow(number, item).with("position", Value.of(position));
  }

  private static Violation lost(String field) {
    return new Violation(field, "reference", "refers to nothing that exists");
  }
}
