package engineroom.door.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import engineroom.http.Request;
import engineroom.http.Response;
import engineroom.http.Response.Body.Bytes;
import engineroom.operation.Call;
import engineroom.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class DocsPageTest {
  private final DocsPage page = new DocsPage();

  @Test
  void loads_nothing_from_elsewhere() {
    var answer = page.handle(get("/docs", Map.of()));
    var html = new String(bytes(answer), StandardCharsets.UTF_8);
    assertThat(html).contains("src=\"/docs/scalar.js?").doesNotContain("//");
    assertThat(answer.headers().get("Content-Security-Policy"))
        .contains("default-src 'none'")
        .contains("script-src 'self';")
        .doesNotContain("unsafe-eval")
        .doesNotContain("http");
  }

  @Test
  void serves_the_script_plain_and_zipped_and_lets_it_be_kept() throws IOException {
    var plain = page.handle(get("/docs/scalar.js", Map.of()));
    var zipped = page.handle(get("/docs/scalar.js", Map.of("Accept-Encoding", "br, gzip")));
    assertThat(plain.headers()).doesNotContainKey("Content-Encoding");
    assertThat(zipped.headers())
        .containsEntry("Content-Encoding", "gzip")
        .containsEntry("Vary", "Accept-Encoding")
        .containsEntry("Cache-Control", "public, max-age=31536000, immutable");
    try (var in = new GZIPInputStream(new ByteArrayInputStream(bytes(zipped)))) {
      assertThat(in.readAllBytes()).isEqualTo(bytes(plain));
    }
    assertThat(bytes(zipped).length).isLessThan(bytes(plain).length / 2);
  }

  @Test
  void refuses_other_paths_and_methods() {
    assertThatThrownBy(() -> page.handle(get("/docs/x", Map.of())))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("request/no-such-path");
    var post = new Request("POST", "/docs", "", _ -> Optional.empty(), new byte[0], call());
    assertThatThrownBy(() -> page.handle(post)).hasMessageContaining("request/no-such-method");
  }

  @Test
  void answers_304_to_those_who_have_the_document() {
    var model = engineroom.seed.SketchedModel.of("note: text text");
    var door = new OpenApiDoor(model, _ -> new Numbered(0), Limits.defaults());
    var first = door.handle(get("/openapi.json", Map.of()));
    assertThat(new String(bytes(first), StandardCharsets.UTF_8))
        .contains("\"/openapi.json\"")
        .doesNotContain("/api/")
        .doesNotContain("note");
    var tag = String.valueOf(first.headers().get("ETag"));
    var again = door.handle(get("/openapi.json", Map.of("If-None-Match", tag)));
    assertThat(again.status()).isEqualTo(304);
  }

  @Test
  void makes_a_document_once_for_callers_with_the_same_rights_and_forgets_the_oldest() {
    var model = engineroom.seed.SketchedModel.of("note: text text");
    var asked = new AtomicInteger();
    var door = new OpenApiDoor(model, _ -> new Numbered(asked.get()), Limits.defaults());
    var first = bytes(door.handle(get("/openapi.json", Map.of())));
    assertThat(bytes(door.handle(get("/openapi.json", Map.of())))).isSameAs(first);
    for (int i = 1; i <= OpenApiDoor.DOCUMENTS_MAX; i++) {
      asked.set(i);
      assertThat(bytes(door.handle(get("/openapi.json", Map.of())))).isNotSameAs(first);
    }
    asked.set(0);
    assertThat(bytes(door.handle(get("/openapi.json", Map.of()))))
        .isNotSameAs(first)
        .isEqualTo(first);
  }

  /// May do nothing, as many others.
  private record Numbered(int number) implements Sight {
    @Override
    public boolean reads(String entity) {
      return false;
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
      return Set.of();
    }

    @Override
    public Set<String> writable(String entity) {
      return Set.of();
    }
  }

  private static Request get(String path, Map<String, String> headers) {
    return new Request(
        "GET", path, "", name -> Optional.ofNullable(headers.get(name)), new byte[0], call());
  }

  private static Call call() {
    return Call.internal(Instant.EPOCH);
  }

  private static byte[] bytes(Response answer) {
    return answer.body() instanceof Bytes(var bytes) ? bytes : new byte[0];
  }
}
