package engineroom.door.rest;

import static engineroom.door.rest.Desk.ID;
import static engineroom.door.rest.Desk.OTHER;
import static engineroom.http.Sent.text;
import static org.assertj.core.api.Assertions.assertThat;

import engineroom.data.Value;
import engineroom.operation.Input;
import engineroom.operation.Input.Assignment;
import engineroom.operation.Operation;
import engineroom.outcome.Outcome;
import engineroom.problem.OperationProblem.NotValid;
import engineroom.problem.RequestProblem.BadParameter;
import engineroom.problem.RequestProblem.Unreadable;
import engineroom.problem.RequestProblem.UnsupportedBody;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RestWritesTest {
  private static final Value PARENT = new Value.Uuid(UUID.fromString(ID));
  private static final Value CHILD = new Value.Uuid(UUID.fromString(OTHER));

  @Test
  void a_new_row_is_answered_with_its_place_and_its_tag() {
    var desk = new Desk(Desk.written("{\"id\":\"x\"}", true));
    var response = desk.send("POST", "/api/orders", "{\"note\":\"tea\"}");
    assertThat(response.status()).isEqualTo(201);
    assertThat(text(response)).isEqualTo("{\"id\":\"x\"}");
    assertThat(response.headers())
        .containsEntry("Location", "/api/orders/" + ID)
        .hasEntrySatisfying("ETag", tag -> assertThat(tag).startsWith("\"3-"));
  }

  @Test
  void many_rows_come_as_an_array_or_as_lines() {
    for (var type :
        Map.of("application/json", "[{},{}]", "application/x-ndjson", "{}\n{}\n").entrySet()) {
      var desk = new Desk(Desk.written("{}", true)).header("Content-Type", type.getKey());
      var response = desk.send("POST", "/api/orders", type.getValue());
      assertThat(text(response)).isEqualTo("{\"data\":[{}]}");
      assertThat(((Operation.Create) desk.asked.getFirst()).rows()).hasSize(2);
    }
  }

  @Test
  void every_type_is_read_exactly() {
    var values =
        values(
            "{\"status\":\"open\",\"total\":5,\"price\":\"1.50\",\"weight\":1e3,\"stock\":-3,"
                + "\"due\":\"2026-08-01\",\"placedAt\":\"2026-08-01T12:00:00.5+02:00\","
                + "\"place\":{\"latitude\":1,\"longitude\":2.5},\"data\":{\"a\":[1.0]},"
                + "\"file\":\"AQI=\",\"lasts\":\"PT1H\",\"keywords\":[\"a\"],\"customer\":{\"id\":\""
                + ID
                + "\"},\"note\":null}");
    assertThat(values)
        .containsEntry("total", new Assignment.To(new Value.Money(5, "EUR")))
        .containsEntry("price", new Assignment.To(new Value.Decimal(new BigDecimal("1.50"))))
        .containsEntry("weight", new Assignment.To(new Value.Number(1000)))
        .containsEntry(
            "placedAt",
            new Assignment.To(new Value.Timestamp(Instant.parse("2026-08-01T10:00:00.5Z"))))
        .containsEntry("place", new Assignment.To(new Value.Point(1, 2.5)))
        .containsEntry("data", new Assignment.To(new Value.Json("{\"a\":[1.0]}")))
        .containsEntry("file", new Assignment.To(new Value.Bytes(new byte[] {1, 2})))
        .containsEntry("customer", new Assignment.To(PARENT))
        .containsEntry("note", new Assignment.To(Value.NULL));
    assertThat(values.values()).noneMatch(Assignment.Unreadable.class::isInstance);
  }

  @Test
  void every_mistake_is_told_at_once_and_nothing_is_turned_into_something_else() {
    var wrong =
        values(
            "{\"stock\":\"3\",\"note\":3,\"due\":\"1.8.2026\",\"price\":true,\"weight\":\"1\","
                + "\"total\":{\"amount\":1,\"currency\":\"USD\"},\"placedAt\":\"2026-08-01\","
                + "\"keywords\":\"a\",\"customer\":{\"id\":1},\"file\":\"?\",\"lines\":3,"
                + "\"place\":{\"latitude\":91,\"longitude\":0},\"stok\":1,\"secretNote\":\"x\"}");
    assertThat(wrong.values()).hasSize(14).allMatch(Assignment.Unreadable.class::isInstance);
    assertThat(violation(wrong, "due")).isEqualTo("type/date is not a date");
    assertThat(violation(wrong, "stok")).isEqualTo("unknown does not exist. Did you mean stock?");
    assertThat(violation(wrong, "lines")).startsWith("nested is neither an array");
    assertThat(violation(wrong, "secretNote")).isEqualTo("unknown does not exist");
  }

  @Test
  void a_patch_adds_appends_removes_and_clears() {
    var desk =
        new Desk(Desk.written("{}", false)).header("Content-Type", "application/merge-patch+json");
    var response =
        desk.send(
            "PATCH",
            "/api/orders/" + ID,
            "{\"stock\":{\"$add\":-2},\"keywords\":{\"$append\":[\"x\"],\"$remove\":[\"y\"]},\"note\":null,\"due\":{\"$add\":1}}");
    assertThat(response.status()).isEqualTo(200);
    var change = (Operation.Change) desk.asked.getFirst();
    assertThat(change.input().assignments())
        .containsEntry("stock", new Assignment.Add(Value.of(-2)))
        .containsEntry(
            "keywords", new Assignment.Edit(List.of(Value.of("y")), List.of(Value.of("x"))))
        .containsEntry("note", new Assignment.To(Value.NULL));
    assertThat(change.input().assignments().get("due")).isInstanceOf(Assignment.Unreadable.class);
    assertThat(change.ifVersion()).isNull();
  }

  @Test
  void if_match_brings_the_version_and_a_conflict_the_row() {
    var conflict = new Outcome.Conflict("{\"id\":1}".getBytes(StandardCharsets.UTF_8), 5);
    for (var tag : List.of("\"4\"", "\"4-a_-Z\"")) {
      var desk = new Desk(conflict).header("If-Match", tag);
      var response = desk.send("PATCH", "/api/orders/" + ID, "{}");
      assertThat(((Operation.Change) desk.asked.getFirst()).ifVersion()).isEqualTo(4);
      assertThat(response.status()).isEqualTo(412);
      assertThat(text(response))
          .contains("\"code\":\"outcome/conflict\"")
          .endsWith(",\"current\":{\"id\":1}}");
      assertThat(response.headers())
          .hasEntrySatisfying("ETag", now -> assertThat(now).startsWith("\"5-"));
    }
    assertThat(new Desk().header("If-Match", "4").refusal("DELETE", "/api/orders/" + ID, ""))
        .isInstanceOf(BadParameter.class);
  }

  @Test
  void refuses_the_etag_of_an_answer_that_says_no_version_and_says_what_to_send() {
    var one = "/api/orders/" + ID + "?expand=lines&expand.lines.quantity.gt=1";
    for (var target : List.of(one, "/api/orders")) {
      var response = new Desk(Desk.listed("{\"id\":1}")).get(target);
      var tag = String.valueOf(response.headers().get("ETag"));
      assertThat(tag).matches("\"-[A-Za-z0-9_-]{20}\"");
      var known = new Desk(Desk.listed("{\"id\":1}")).header("If-None-Match", tag);
      assertThat(known.get(target).status()).isEqualTo(304);
      for (var method : List.of("PATCH", "PUT")) {
        var refusal = new Desk().header("If-Match", tag).refusal(method, "/api/orders/" + ID, "{}");
        assertThat(refusal.title()).contains("says no version: it is for If-None-Match only");
        assertThat(refusal.hint()).startsWith("Send the row's version in quotes, as \"3\"");
      }
    }
  }

  @Test
  void put_creates_or_replaces_and_delete_has_no_content() {
    assertThat(new Desk(Desk.written("{}", true)).send("PUT", "/api/orders/" + ID, "{}").status())
        .isEqualTo(201);
    assertThat(new Desk(Desk.written("{}", false)).send("PUT", "/api/orders/" + ID, "{}").status())
        .isEqualTo(200);
    assertThat(
            new Desk(new Outcome.Deleted(List.of()))
                .send("DELETE", "/api/orders/" + ID, "")
                .status())
        .isEqualTo(204);
    assertThat(new Desk(Outcome.Missing.MISSING).refusal("DELETE", "/api/orders/" + ID, "").code())
        .isEqualTo("authorize/not-found");
  }

  @Test
  void a_list_takes_a_new_row_or_one_that_exists() {
    var desk = new Desk(Desk.written("{}", true), Desk.written("{}", false));
    desk.send("POST", "/api/orders/" + ID + "/lines", "{\"quantity\":1}");
    var create = (Operation.Create) desk.asked.getFirst();
    assertThat(create.rows().getFirst().assignments())
        .containsEntry("order", new Assignment.To(PARENT));
    desk.send("POST", "/api/orders/" + ID + "/lines", "{\"id\":\"" + OTHER + "\"}");
    var change = (Operation.Change) desk.asked.getLast();
    assertThat(change.entity()).isEqualTo("line");
    assertThat(change.id()).isEqualTo(CHILD);
    assertThat(change.input().assignments()).isEqualTo(Map.of("order", new Assignment.To(PARENT)));
  }

  @Test
  void what_leaves_a_list_is_deleted_where_owned_let_go_where_it_can_and_refused_else() {
    var inList = Desk.listed("{\"id\":\"x\",\"version\":7}");
    var desk = new Desk(inList, new Outcome.Deleted(List.of()));
    assertThat(desk.send("DELETE", "/api/orders/" + ID + "/lines/" + OTHER, "").status())
        .isEqualTo(204);
    assertThat(desk.asked.getLast()).isEqualTo(new Operation.Delete("line", CHILD, 7L));
    var letting = new Desk(inList, Desk.written("{}", false));
    letting.send("DELETE", "/api/customers/" + ID + "/orders/" + OTHER, "");
    assertThat(((Operation.Change) letting.asked.getLast()).input().assignments())
        .isEqualTo(Map.of("customer", new Assignment.To(Value.NULL)));
    assertThat(new Desk().refusal("DELETE", "/api/products/" + ID + "/lines/" + OTHER, ""))
        .isInstanceOf(NotValid.class);
    assertThat(
            new Desk(Desk.listed())
                .refusal("DELETE", "/api/orders/" + ID + "/lines/" + OTHER, "")
                .code())
        .isEqualTo("authorize/not-found");
  }

  @Test
  void bodies_of_other_types_and_shapes_are_refused() {
    assertThat(new Desk().header("Content-Type", "text/plain").refusal("POST", "/api/orders", "{}"))
        .isInstanceOf(UnsupportedBody.class);
    assertThat(new Desk().refusal("POST", "/api/orders", "3")).isInstanceOf(Unreadable.class);
    assertThat(new Desk().refusal("DELETE", "/api/orders/" + ID, "{}"))
        .isInstanceOf(Unreadable.class);
  }

  @Test
  void rows_of_a_list_are_written_with_their_row() {
    var desk = new Desk(Desk.written("{}", false));
    desk.send(
        "PATCH",
        "/api/orders/" + ID,
        "{\"lines\":{\"create\":[{\"quantity\":1}],\"link\":[\""
            + OTHER
            + "\"],\"update\":[{\"id\":\""
            + OTHER
            + "\",\"quantity\":{\"$add\":1}}],\"delete\":[{\"id\":\""
            + ID
            + "\"}]}}");
    var lists = ((Operation.Change) desk.asked.getFirst()).input().lists();
    assertThat(lists).containsOnlyKeys("lines");
    var lines = Objects.requireNonNull(lists.get("lines"));
    assertThat(lines.create().getFirst().path()).isEqualTo("lines.create[0]");
    assertThat(lines.link()).containsExactly(new Input.Target("lines.link[0]", CHILD));
    assertThat(lines.update().getFirst().id()).isEqualTo(CHILD);
    assertThat(lines.delete()).containsExactly(new Input.Target("lines.delete[0]", PARENT));
    assertThat(lines.unlink()).isEmpty();
  }

  private static Map<String, Assignment> values(String body) {
    var desk = new Desk(Desk.written("{}", true));
    desk.send("POST", "/api/orders", body);
    return ((Operation.Create) desk.asked.getFirst()).rows().getFirst().assignments();
  }

  private static String violation(Map<String, Assignment> assignments, String field) {
    return assignments.get(field) instanceof Assignment.Unreadable(var violation)
        ? violation.code() + " " + violation.message()
        : "readable";
  }
}
