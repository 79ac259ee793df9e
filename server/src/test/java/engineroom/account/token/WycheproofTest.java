package engineroom.account.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import engineroom.json.Json;
import engineroom.json.JsonLimits;
import engineroom.json.JsonReader;
import engineroom.json.JsonWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Google's vectors for signed and encrypted tokens: none that is invalid may pass, and a valid one
/// is refused only for an algorithm or a form of key that we don't have. Vectors of key sets that
/// are ambiguous ask for a reader of key sets; there is none: a ring's keys are our own.
final class WycheproofTest {
  private static final Path FOLDER =
      Path.of(System.getProperty("engineroom.root", ".."), "../shared/data/wycheproof")
          .toAbsolutePath()
          .normalize();
  private static final JsonLimits LIMITS = new JsonLimits(64, 1 << 20, 64, 10_000);

  /// One vector.
  ///
  /// @param keys of its group, each as JSON
  private record Vector(String name, List<Map<String, Json>> keys, String token, boolean valid) {}

  /// What came of some vectors.
  ///
  /// @param refused the valid ones that were refused, each with our reason
  private record Verdicts(int accepted, int invalid, List<String> wrong, List<String> refused) {
    /// But for an algorithm or use that we don't have.
    List<String> refusedOtherwise() {
      return refused.stream().filter(line -> !line.contains(": the key is not taken: ")).toList();
    }
  }

  @Test
  void signatures() throws IOException {
    var verdicts = verdicts("json_web_signature_test.json", "jws");
    assertThat(verdicts.invalid()).isEqualTo(355);
    // Their text is that of 357, which is valid: what they wanted to show was lost.
    assertThat(verdicts.wrong())
        .containsExactly(
            "367 base64 invalidBase64Padding", "370 base64 invalidBase64PaddingInPayload");
    assertThat(verdicts.accepted()).isEqualTo(18);
    // Said to be valid with a `?` in base64.
    assertThat(verdicts.refusedOtherwise())
        .containsExactly(
            "372 base64 InvalidCharacterInsertedInHeader: MALFORMED",
            "373 base64 InvalidCharacterInsertedInPayload: MALFORMED");
  }

  @Test
  void keys() throws IOException {
    var verdicts = verdicts("json_web_key_test.json", "jws");
    assertThat(verdicts.invalid()).isEqualTo(21);
    assertThat(verdicts.wrong())
        .containsExactly(
            "1 jws_mixedSymmetryKeyset rejectsValid: a set",
            "4 jws_duplicate_kid rejectsDuplicateKid: a set");
    assertThat(verdicts.accepted()).isEqualTo(3);
    assertThat(verdicts.refusedOtherwise()).isEmpty();
  }

  @Test
  void mixed() throws IOException {
    var verdicts = verdicts("json_web_crypto_test.json", "jws");
    assertThat(verdicts.invalid()).isEqualTo(77);
    assertThat(verdicts.wrong()).containsExactly("47 jws_mixedSymmetryKeyset rejectsValid: a set");
    assertThat(verdicts.accepted()).isEqualTo(4);
    assertThat(verdicts.refusedOtherwise()).isEmpty();
  }

  @Test
  void encrypted_tokens_are_all_refused_for_what_they_are() throws IOException {
    var vectors = vectors("json_web_encryption_test.json", "jwe");
    assertThat(vectors).hasSize(139);
    for (var vector : vectors) {
      assertThatThrownBy(() -> Jws.read(vector.token()))
          .as(vector.name())
          .isInstanceOf(RefusedToken.class);
    }
  }

  private static Verdicts verdicts(String file, String member) throws IOException {
    int accepted = 0;
    int invalid = 0;
    var wrong = new ArrayList<String>();
    var refused = new ArrayList<String>();
    for (var vector : vectors(file, member)) {
      var reason = reason(vector);
      accepted += reason.isEmpty() && vector.valid() ? 1 : 0;
      invalid += vector.valid() ? 0 : 1;
      if (reason.isEmpty() && !vector.valid()) {
        wrong.add(vector.name() + (vector.keys().size() > 1 ? ": a set" : ""));
      }
      if (!reason.isEmpty() && vector.valid()) {
        refused.add(vector.name() + ": " + reason);
      }
    }
    return new Verdicts(accepted, invalid, wrong, refused);
  }

  /// Why it is refused; empty where it is accepted.
  private static String reason(Vector vector) {
    var reasons = new ArrayList<String>();
    for (var key : vector.keys()) {
      try {
        var material = KeyMaterial.read(text(key));
        var jws = Jws.read(vector.token());
        if (!jws.header().kid().equals(material.id())) {
          reasons.add("kid");
          continue;
        }
        jws.verify(material);
        return "";
      } catch (RefusedToken refused) {
        reasons.add(refused.fault().name());
      } catch (IllegalArgumentException refused) {
        reasons.add(String.valueOf(refused.getMessage()));
      }
    }
    return reasons.isEmpty() ? "no key" : String.join(", ", reasons);
  }

  private static List<Vector> vectors(String file, String member) throws IOException {
    assumeTrue(Files.isDirectory(FOLDER), "SKIPPED: no Wycheproof vectors at " + FOLDER);
    var document = object(JsonReader.read(Files.readAllBytes(FOLDER.resolve(file)), LIMITS));
    var vectors = new ArrayList<Vector>();
    for (var element : array(member(document, "testGroups"))) {
      var group = object(element);
      var keys = keys(member(group, group.containsKey("public") ? "public" : "private"));
      for (var test : array(member(group, "tests"))) {
        vectors.add(vector(text(group, "comment"), object(test), keys, member));
      }
    }
    return vectors;
  }

  private static Vector vector(
      String group, Map<String, Json> test, List<Map<String, Json>> keys, String member) {
    var number = ((Json.Num) member(test, "tcId")).text();
    var token = test.containsKey(member) ? text(test, member) : text(test, "jwe");
    var valid = text(test, "result").equals("valid");
    return new Vector(number + " " + group + " " + text(test, "comment"), keys, token, valid);
  }

  private static List<Map<String, Json>> keys(Json key) {
    var members = object(key);
    return members.containsKey("keys")
        ? array(member(members, "keys")).stream().map(WycheproofTest::object).toList()
        : List.of(members);
  }

  private static Json member(Map<String, Json> members, String name) {
    return Objects.requireNonNull(members.get(name), name);
  }

  private static Map<String, Json> object(Json json) {
    return ((Json.Obj) json).members();
  }

  private static List<Json> array(Json json) {
    return ((Json.Arr) json).elements();
  }

  private static String text(Map<String, Json> members, String name) {
    return switch (member(members, name)) {
      case Json.Text(var text) -> text;
      case Json other -> text(object(other));
    };
  }

  private static String text(Map<String, Json> members) {
    return JsonWriter.text(new Json.Obj(members));
  }
}
