package engineroom.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import engineroom.testkit.Scenario.Answer;
import engineroom.testkit.Scenario.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScenarioTest {
  private static final String TEXT =
      """
      # remarks are for people
      ## writes and reads

      as user ann staff
      POST /api/items
      Content-Type: application/json

      {"name": "Tea"}
      => 201
      Location: /api/items/<id:1>

      {"id": "<id:1>", "at": "<timestamp>", "x": "<any>"}
      changes:
      item created name

      as guest
      GET /api/items/<id:1>
      => 404
      """;

  @Test
  void reads_callers_requests_answers_and_changes() {
    var scenario = ScenarioReader.parse("a.scenario", TEXT).getFirst();
    assertThat(scenario.title()).isEqualTo("writes and reads");
    var first = scenario.steps().getFirst();
    var json = Map.of("Content-Type", "application/json");
    assertThat(first.request())
        .isEqualTo(
            new Request("user ann staff", "POST", "/api/items", json, "{\"name\": \"Tea\"}"));
    assertThat(first.changes()).containsExactly("item created name");
    assertThat(scenario.steps().getLast().expected()).isEqualTo(new Answer(404, Map.of(), ""));
  }

  @Test
  void reuses_captured_ids_in_later_requests() {
    var runner = new Told("item created name");
    ScenarioReader.parse("a.scenario", TEXT).getFirst().run(runner);
    assertThat(runner.paths).containsExactly("/api/items", "/api/items/0198-ab");
  }

  @Test
  void shows_what_differs_and_where() {
    var scenario = ScenarioReader.parse("a.scenario", TEXT).getFirst();
    assertThatThrownBy(() -> scenario.run(new Told("item created name,price")))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("a.scenario:5")
        .hasMessageContaining("expected: [item created name]")
        .hasMessageContaining("but was:  [item created name,price]");
    var other = ScenarioReader.parse("a.scenario", TEXT.replace("\"x\"", "\"y\"")).getFirst();
    assertThatThrownBy(() -> other.run(new Told("item created name"))).hasMessageContaining("body");
  }

  @Test
  void takes_whatever_an_array_goes_on_with() {
    var text = "## t\nas guest\nPOST /x\n=> 201\n\n{\"a\": [1 <rest>], \"b\": 2}\n";
    var scenario = ScenarioReader.parse("a.scenario", text).getFirst();
    for (var rest : List.of("", ",2", ",[3],{\"c\":[4]}")) {
      scenario.run(new Fixed("{\"a\":[1" + rest + "],\"b\":2}"));
    }
    for (var other : List.of("{\"a\":[2],\"b\":2}", "{\"a\":[1,2],\"b\":3}", "{\"a\":[1]}")) {
      assertThatThrownBy(() -> scenario.run(new Fixed(other))).hasMessageContaining("body");
    }
  }

  /// Always gives the same answer.
  private record Fixed(String body) implements Scenario.Runner {
    @Override
    public Answer send(Request request) {
      return new Answer(201, Map.of(), body);
    }

    @Override
    public List<String> changes() {
      return List.of();
    }
  }

  @Test
  void names_the_line_of_a_mistake() {
    assertThatThrownBy(() -> ScenarioReader.parse("b.scenario", "## t\nGET /x\n=> ok\n"))
        .hasMessageContaining("b.scenario:3")
        .hasMessageContaining("`=> 200`");
    assertThatThrownBy(() -> ScenarioReader.parse("b.scenario", "GET /x\n"))
        .hasMessageContaining("b.scenario:1");
  }

  /// Answers the two requests as told.
  private static final class Told implements Scenario.Runner {
    private final List<String> paths = new ArrayList<>();
    private final String change;

    Told(String change) {
      this.change = change;
    }

    @Override
    public Answer send(Request request) {
      paths.add(request.path());
      return request.method().equals("GET")
          ? new Answer(404, Map.of(), "{}")
          : new Answer(
              201,
              Map.of("location", "/api/items/0198-ab"),
              "{\"id\":\"0198-ab\",\"at\":\"2026-08-01T10:00:00.000000Z\",\"x\":1.5}");
    }

    @Override
    public List<String> changes() {
      return paths.size() == 1 ? List.of(change) : List.of();
    }
  }
}
