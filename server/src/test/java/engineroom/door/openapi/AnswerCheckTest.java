package engineroom.door.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.door.openapi.AnswerCheck.Answered;
import engineroom.door.openapi.AnswerCheck.Asked;
import engineroom.seed.SketchedModel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The check that the scenarios and the tour rest on finds what it is for.
class AnswerCheckTest {
  private static final String PAGE = "{\"data\":[],\"page\":{\"next\":null,\"hasMore\":false}}";
  private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");
  private static final AnswerCheck CHECK = AnswerCheck.of(document());

  private static String document() {
    var model = SketchedModel.of("note: text text, stars integer");
    var bytes = OpenApiDocument.of(model, new ReadingOnly(), Limits.defaults());
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /// Reads notes, and that is all.
  private record ReadingOnly() implements Sight {
    @Override
    public boolean reads(String entity) {
      return true;
    }

    @Override
    public boolean explains() {
      return false;
    }

    @Override
    public boolean creates(String entity) {
      return false;
    }

    @Override
    public boolean updates(String entity) {
      return false;
    }

    @Override
    public boolean deletes(String entity) {
      return false;
    }

    @Override
    public Set<String> readable(String entity) {
      return Set.of("id", "text", "stars");
    }

    @Override
    public Set<String> writable(String entity) {
      return Set.of();
    }
  }

  @Test
  void finds_nothing_wrong_with_an_answer_as_described() {
    assertThat(mistakes("/api/notes?stars.gte=3&sort=-stars,text&fields=text&limit=500", 200, PAGE))
        .isEmpty();
  }

  @Test
  void finds_a_status_a_header_and_a_content_type_that_are_not_described() {
    assertThat(mistakes("/api/notes", 202, PAGE)).containsExactly("status 202 is not described");
    var headers = Map.of("Content-Type", "application/json", "X-Secret", "1");
    assertThat(CHECK.mistakes(get("/api/notes"), new Answered(200, headers, PAGE)))
        .containsExactly("header X-Secret is not described for 200");
    var html = new Answered(200, Map.of("Content-Type", "text/html"), "<p>");
    assertThat(CHECK.mistakes(get("/api/notes"), html))
        .containsExactly("text/html is not described for 200");
  }

  @Test
  void finds_members_too_many_too_few_and_of_another_type() {
    assertThat(mistakes("/api/notes", 200, PAGE.replace("{\"data\"", "{\"x\":1,\"data\"")))
        .singleElement()
        .asString()
        .contains("'x'");
    assertThat(mistakes("/api/notes", 200, "{\"data\":[]}")).anyMatch(m -> m.contains("'page'"));
    assertThat(mistakes("/api/notes", 200, PAGE.replace("[]", "[{\"stars\":\"5\"}]")))
        .anyMatch(m -> m.contains("integer expected"));
    assertThat(mistakes("/api/notes", 200, PAGE.replace("[]", "[{\"secret\":5}]")))
        .anyMatch(m -> m.contains("'secret'"));
  }

  @Test
  void finds_parameters_that_were_taken_and_are_not_described() {
    assertThat(mistakes("/api/notes?starz=1", 200, PAGE))
        .containsExactly("parameter starz is not described");
    assertThat(mistakes("/api/notes?stars.like=1", 200, PAGE)).hasSize(1);
    assertThat(mistakes("/api/notes?sort=-secret", 200, PAGE)).hasSize(1);
    assertThat(mistakes("/api/notes?limit=501", 200, PAGE)).isNotEmpty();
  }

  @Test
  void wants_what_is_not_described_to_be_refused() {
    var made = new Answered(201, JSON, "{}");
    assertThat(CHECK.mistakes(new Asked("POST", "/api/notes", JSON, "{}"), made))
        .containsExactly("the document has no such operation, and it answered 201");
  }

  private static List<String> mistakes(String target, int status, String body) {
    return CHECK.mistakes(get(target), new Answered(status, JSON, body));
  }

  private static Asked get(String target) {
    return new Asked("GET", target, Map.of(), "");
  }
}
