package engineroom.server;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.app.App;
import engineroom.http.HttpConfig;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How often somebody may ask, through the whole program.
final class RatesTest {
  private static final String KEY = "correct-horse-battery";

  @TempDir Path folder;
  private final HttpClient client = HttpClient.newHttpClient();
  private final List<App.Running> running = new ArrayList<>();

  @AfterEach
  void stop() {
    running.forEach(App.Running::close);
    running.clear();
    client.close();
  }

  private void start(String settings) throws Exception {
    write(settings);
    var options =
        new App.ServeOptions(
            HttpConfig.defaults().at("127.0.0.1", 0),
            null,
            App.Seeding.NONE,
            App.Mode.DEVELOPMENT,
            KEY);
    running.add(new Engineroom().start(folder, options));
  }

  private void write(String settings) throws Exception {
    Files.writeString(
        folder.resolve("engineroom.yaml"),
        """
        engineroom: 1
        name: App
        settings: { %s }
        entities:
          thing: { fields: { name: text }, access: { read: "true", write: "true" } }
        """
            .formatted(settings));
  }

  private HttpResponse<String> ask(
      String method, String path, Map<String, String> headers, String b) throws Exception {
    var at = URI.create("http://127.0.0.1:" + running.getLast().port() + path);
    var request = HttpRequest.newBuilder(at).method(method, BodyPublishers.ofString(b));
    headers.forEach(request::header);
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private int get(String path, Map<String, String> headers) throws Exception {
    return ask("GET", path, headers, "").statusCode();
  }

  private int allowed(String path, Map<String, String> headers) throws Exception {
    int allowed = 0;
    while (allowed < 50 && get(path, headers) != 429) {
      allowed++;
    }
    return allowed;
  }

  @Test
  void refuses_the_guest_who_asks_once_too_often_and_says_when_to_come_back() throws Exception {
    start("rates: { guests: 5/1h }");
    assertThat(allowed("/api/things", Map.of())).isEqualTo(5);
    var refused = ask("GET", "/api/things", Map.of(), "");
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(refused.body())
        .contains("request/too-often", "The limit guests allows 5 in 3600 seconds.");
    var headers = refused.headers();
    assertThat(headers.firstValue("RateLimit-Policy")).hasValue("\"guests\";q=5;w=3600");
    assertThat(headers.firstValue("RateLimit").orElse("")).matches("\"guests\";r=0;t=7[0-9]{2}");
    assertThat(headers.firstValue("Retry-After").orElse("")).matches("7[0-9]{2}");
    assertThat(get("/health", Map.of())).isEqualTo(200);
    assertThat(get("/api/things", Map.of("Authorization", "Bearer " + KEY))).isEqualTo(200);
  }

  @Test
  void counts_every_spelling_and_what_headers_say_makes_no_difference() throws Exception {
    start("rates: { guests: 5/1h }");
    var paths = List.of("/api/things", "/api/things/", "/API/things", "//api/things", "/docs");
    for (var path : paths) {
      var headers = Map.of("X-Forwarded-For", "192.0.2.9", "X-HTTP-Method-Override", "PUT");
      assertThat(get(path, headers)).isNotEqualTo(429);
    }
    for (var path : paths) {
      var headers = Map.of("X-Forwarded-For", "192.0.2.1", "Forwarded", "for=192.0.2.2");
      assertThat(get(path, headers)).isEqualTo(429);
    }
  }

  @Test
  void counts_clients_of_a_trusted_proxy_by_themselves() throws Exception {
    start("rates: { guests: 2/1h }, proxies: [127.0.0.1]");
    assertThat(allowed("/api/things", Map.of("X-Forwarded-For", "192.0.2.7"))).isEqualTo(2);
    assertThat(allowed("/api/things", Map.of("X-Forwarded-For", "192.0.2.8"))).isEqualTo(2);
    assertThat(get("/api/things", Map.of("X-Forwarded-For", "192.0.2.66, 192.0.2.7")))
        .isEqualTo(429);
  }

  @Test
  void refuses_an_address_after_many_bad_keys_before_it_looks_at_another() throws Exception {
    start("rates: { refused: 3/1h }");
    var bad = Map.of("Authorization", "Bearer wrong-key-wrong-key");
    for (int i = 0; i < 3; i++) {
      assertThat(get("/api/things", bad)).isEqualTo(401);
    }
    assertThat(get("/api/things", bad)).isEqualTo(429);
    var key = Map.of("Authorization", "Bearer er_live_01a1fdfa-4600-7000-aec6-b55cc66e2736");
    assertThat(get("/api/things", key)).isEqualTo(429);
    assertThat(get("/api/things", Map.of("Cookie", "er_s=er_st_wrong"))).isEqualTo(429);
    assertThat(get("/api/things", Map.of())).isEqualTo(200);
  }

  @Test
  void hears_the_administrator_s_key_whoever_guesses_at_it_from_the_same_address()
      throws Exception {
    start("rates: { refused: 3/1h }");
    var bad = Map.of("Authorization", "Bearer er_admin_wrong-wrong-wrong");
    for (int i = 0; i < 10; i++) {
      assertThat(get("/api/things", bad)).isEqualTo(i < 3 ? 401 : 429);
    }
    assertThat(get("/api/things", Map.of("Authorization", "Bearer " + KEY))).isEqualTo(200);
    assertThat(get("/api/things", bad)).isEqualTo(429);
  }

  @Test
  void counts_each_request_of_a_batch() throws Exception {
    start("rates: { guests: 10/1h, routes: { \"GET /api/things\": 3/1h } }");
    var one = "{\"method\":\"GET\",\"path\":\"/things\"}";
    var json = Map.of("Content-Type", "application/json");
    assertThat(batch(json, one, one)).isEqualTo(200);
    assertThat(batch(json, one, one)).isEqualTo(429);
    var other = "{\"method\":\"POST\",\"path\":\"/things\",\"body\":{\"name\":\"a\"}}";
    assertThat(batch(json, other, other, other, other)).isEqualTo(200);
    assertThat(batch(json, other, other, other, other)).isEqualTo(429);
  }

  private int batch(Map<String, String> headers, String... requests) throws Exception {
    var body = "{\"requests\":[" + String.join(",", requests) + "]}";
    return ask("POST", "/api/batch", headers, body).statusCode();
  }

  @Test
  void counts_exports_by_themselves() throws Exception {
    start("rates: { transfers: 2/1h }");
    assertThat(allowed("/api/things/export?format=csv", Map.of())).isEqualTo(2);
    assertThat(get("/api/things", Map.of())).isEqualTo(200);
  }

  @Test
  void counts_a_route_by_itself_whatever_its_ids() throws Exception {
    start("rates: { routes: { \"GET /api/things/{id}\": 1/1h } }");
    assertThat(get("/api/things/7", Map.of())).isNotEqualTo(429);
    assertThat(get("/api/things/8", Map.of())).isEqualTo(429);
    assertThat(get("/api/things", Map.of())).isEqualTo(200);
  }

  @Test
  void gives_nobody_a_new_beginning_by_a_restart() throws Exception {
    start("rates: { guests: 5/1h }");
    assertThat(allowed("/api/things", Map.of())).isEqualTo(5);
    running.getLast().close();
    start("rates: { guests: 5/1h }");
    assertThat(get("/api/things", Map.of())).isEqualTo(429);
  }

  @Test
  void takes_new_limits_without_a_restart_and_none_where_they_are_off() throws Exception {
    start("rates: { guests: 2/1h }");
    assertThat(allowed("/api/things", Map.of())).isEqualTo(2);
    write("rates: off");
    running.getLast().reload();
    assertThat(allowed("/api/things", Map.of())).isEqualTo(50);
  }
}
