package engineroom.door.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/// Documents that are named by their hash.
class PersistedTest {
  private static final String DOCUMENT = "{ categories(limit: 1) { name } }";
  private final Graph shop = Graph.shop();

  private static String hash(String text) throws Exception {
    var digest = MessageDigest.getInstance("SHA-256");
    return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  private Graph.Answer send(String query, String hash) {
    return shop.post(
        "guest",
        "{%s\"extensions\":{\"persistedQuery\":{\"version\":1,\"sha256Hash\":\"%s\"}}}"
            .formatted(query.isEmpty() ? "" : "\"query\":\"" + query + "\",", hash));
  }

  @Test
  void a_document_sent_once_is_asked_for_by_its_hash() throws Exception {
    var unknown = send("", hash(DOCUMENT));
    assertThat(unknown.status()).isEqualTo(200);
    assertThat(unknown.at("errors", 0, "message")).isEqualTo("\"PersistedQueryNotFound\"");
    assertThat(unknown.at("errors", 0, "extensions", "code"))
        .isEqualTo("\"PERSISTED_QUERY_NOT_FOUND\"");
    var first = send(DOCUMENT, hash(DOCUMENT));
    assertThat(first.data()).isEqualTo("{\"categories\":[{\"name\":\"Drinks\"}]}");
    assertThat(send("", hash(DOCUMENT)).body()).isEqualTo(first.body());
  }

  @Test
  void no_document_takes_the_place_of_another() throws Exception {
    var answer = send("{ requestId }", hash(DOCUMENT));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(send("", hash(DOCUMENT)).errors()).contains("PersistedQueryNotFound");
  }
}
