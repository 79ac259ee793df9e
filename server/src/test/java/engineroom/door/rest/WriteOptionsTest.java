package engineroom.door.rest;

import static engineroom.door.rest.Desk.ID;
import static org.assertj.core.api.Assertions.assertThat;

import engineroom.operation.Operation.ChangeMany;
import engineroom.operation.Operation.DeleteMany;
import engineroom.operation.Operation.OnConflict;
import engineroom.operation.Operation.Upsert;
import engineroom.outcome.Outcome;
import engineroom.problem.OperationProblem.UnknownField;
import engineroom.problem.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What the parameters of a write may say, and what they may not.
class WriteOptionsTest {
  private static final Outcome TWO = new Outcome.Many(2, List.of());

  @Test
  void rows_are_found_by_a_key_that_is_unique_and_seen() {
    var desk = new Desk(Desk.written("{}", false));
    desk.send("PUT", "/api/orders?by=id", "{}");
    var upsert = (Upsert) desk.asked.getFirst();
    assertThat(upsert.key()).containsExactly("id");
    assertThat(upsert.onConflict()).isEqualTo(OnConflict.REPLACE);
    assertThat(title("PUT", "?by=note"))
        .isEqualTo("note is not unique, so no row can be found by it.");
    assertThat(refusal("PUT", "?by=note").hint()).isEqualTo("Use by=id.");
    assertThat(refusal("PUT", "?by=secretNote"))
        .isEqualTo(new UnknownField("order", "secretNote", null));
    assertThat(title("PUT", "")).isEqualTo("PUT of many rows needs a key.");
  }

  @Test
  void what_becomes_of_a_row_that_is_there_is_said_once_and_clearly() {
    var desk = new Desk(Desk.written("{}", false));
    desk.send("POST", "/api/orders?by=id&onConflict=update", "{}");
    assertThat(((Upsert) desk.asked.getFirst()).onConflict()).isEqualTo(OnConflict.MERGE);
    assertThat(title("POST", "?by=id")).contains("not what becomes of it");
    assertThat(title("POST", "?onConflict=update")).isEqualTo("onConflict=update needs a key.");
    assertThat(title("POST", "?onConflict=keep")).isEqualTo("onConflict can't be keep.");
    assertThat(title("PUT", "?by=id&onConflict=ignore")).contains("so there is no onConflict");
  }

  @Test
  void parameters_of_other_writes_are_refused_and_not_passed_over() {
    for (var parameter : List.of("max=1", "x=1", "limit=1", "note=tea")) {
      assertThat(title("POST", "?" + parameter)).startsWith("There is no parameter ");
      assertThat(title("PUT", "?by=id&" + parameter)).startsWith("There is no parameter ");
    }
    for (var parameter : List.of("by=id", "onConflict=ignore", "atomic=false", "max=1")) {
      assertThat(title("PATCH", "/" + ID + "?" + parameter)).startsWith("There is no parameter ");
      assertThat(title("PUT", "/" + ID + "?" + parameter)).startsWith("There is no parameter ");
    }
    assertThat(refusal("POST", "?valdate=only").hint()).isEqualTo("Did you mean validate?");
  }

  @Test
  void each_row_for_itself_is_for_many_rows_that_are_kept() {
    assertThat(title("POST", "?atomic=maybe")).isEqualTo("atomic is neither true nor false.");
    assertThat(title("POST", "?atomic=false")).isEqualTo("atomic is for many rows.");
    assertThat(title("POST", "?atomic=false&validate=only")).contains("exclude each other");
    assertThat(title("POST", "?validate=yes")).isEqualTo("validate can't be yes.");
    var desk = new Desk(Desk.written("{}", true));
    desk.send("POST", "/api/orders?atomic=false", "[{}]");
    assertThat(desk.asked).hasSize(1);
  }

  @Test
  void a_write_by_a_filter_says_which_rows_and_how_many_at_most() {
    var desk = new Desk(TWO);
    desk.send("PATCH", "/api/orders?stock=1&max=10000", "{}");
    assertThat(((ChangeMany) desk.asked.getFirst()).max()).isEqualTo(10_000);
    var deleting = new Desk(TWO);
    deleting.send("DELETE", "/api/orders?stock=1&max=1", "");
    assertThat(((DeleteMany) deleting.asked.getFirst()).max()).isEqualTo(1);
    for (var max : List.of("0", "10001", "1000000", "-1", "many", "")) {
      assertThat(title("PATCH", "?stock=1&max=" + max))
          .isEqualTo("max is not a whole number from 1 to 10000.");
    }
    assertThat(title("PATCH", "?stock=1")).isEqualTo("A write of many rows needs max.");
    assertThat(title("PATCH", "?max=5")).isEqualTo("There is no filter.");
    assertThat(title("PATCH", "?secretNote=x&max=5")).startsWith("secretNote is neither a field");
  }

  @Test
  void versions_are_about_rows_at_their_own_address() {
    for (var target : List.of("?stock=1&max=5", "?by=id")) {
      var method = target.contains("max") ? "PATCH" : "PUT";
      var refusal =
          new Desk().header("If-Match", "\"1\"").refusal(method, "/api/orders" + target, "{}");
      assertThat(refusal.title()).startsWith("If-Match is about");
      assertThat(
              new Desk()
                  .header("If-None-Match", "\"1\"")
                  .refusal(method, "/api/orders" + target, "{}")
                  .title())
          .isEqualTo("If-None-Match is for reads only.");
    }
  }

  @Test
  void the_answer_filters_no_lists() {
    assertThat(title("POST", "?expand=lines&expand.lines.quantity=1"))
        .isEqualTo("The answer to a write can't filter lists.");
  }

  private static String title(String method, String rest) {
    return refusal(method, rest).title();
  }

  private static Problem refusal(String method, String rest) {
    return new Desk().refusal(method, "/api/orders" + rest, "{}");
  }
}
