package engineroom.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import engineroom.problem.Problem;
import engineroom.problem.ProblemException;
import engineroom.problem.RequestProblem.OverLimit;
import engineroom.problem.RequestProblem.Unreadable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonReaderTest {
  private static final JsonLimits SMALL = new JsonLimits(4, 8, 5, 3);

  @Test
  void keeps_numbers_as_they_were_written() {
    assertThat(read("[1, 1.50, 1e3, -0]"))
        .isEqualTo(
            new Json.Arr(
                List.of(
                    new Json.Num("1"),
                    new Json.Num("1.50"),
                    new Json.Num("1e3"),
                    new Json.Num("-0"))));
  }

  @Test
  void keeps_members_in_their_order_and_every_kind_of_value() {
    assertThat(read("{\"b\":null,\"a\":true,\"c\":\"x\\n\\ud83d\\ude00\"}"))
        .isEqualTo(
            new Json.Obj(
                Map.of(
                    "a", new Json.Bool(true), "b", Json.Null.NULL, "c", new Json.Text("x\n😀"))));
    assertThat(JsonWriter.text(read("{\"b\":null,\"a\":[{}]}")))
        .isEqualTo("{\"b\":null,\"a\":[{}]}");
  }

  @Test
  void refuses_a_member_that_is_there_twice() {
    assertThat(refusal("{\"a\":1,\n \"a\":2}").hint())
        .isEqualTo("The member \"a\" is there twice.");
  }

  @Test
  void refuses_half_of_a_surrogate_pair() {
    assertThat(refusal("\"\\ud83d\"").hint()).contains("surrogate");
    assertThat(refusal("\"\\ude00\\ud83d\"").hint()).contains("surrogate");
    assertThat(refusal("{\"\\udead\":1}").hint()).contains("surrogate");
  }

  @Test
  void names_line_and_column() {
    assertThat(refusal("{\"a\":1,\n  oops}").title())
        .isEqualTo("The body is not JSON: line 2, column 3.");
    assertThat(refusal("").hint()).isEqualTo("It is empty.");
    assertThat(refusal("{\"a\":1").hint())
        .isEqualTo("Unexpected end-of-input: expected close marker for Object");
    assertThat(refusal("1 2").hint()).isEqualTo("Only one value is read.");
  }

  @Test
  void refuses_bytes_that_are_not_utf_8_and_a_byte_order_mark() {
    assertThat(problemOf(new byte[] {'"', '\n', (byte) 0xC0, (byte) 0x80, '"'}, SMALL))
        .isEqualTo(
            new Unreadable("The body is not JSON: line 2, column 1.", "The bytes are not UTF-8."));
    assertThat(refusal("\uFEFF1").hint()).isEqualTo("Leave out the byte order mark.");
  }

  @Test
  void refuses_what_other_readers_let_pass() {
    for (var text : List.of("NaN", "+1", "01", ".5", "1.", "[1,]", "{'a':1}", "/**/1", "\"\t\"")) {
      assertThat(refusal(text)).as(text).isInstanceOf(Unreadable.class);
    }
  }

  @Test
  void holds_its_limits_at_one_above_and_a_hundred_times_above() {
    limit("json-depth", n -> "[".repeat(n) + "]".repeat(n), 4);
    limit("json-string", n -> '"' + "a".repeat(n) + '"', 8);
    limit("json-string", n -> "{\"" + "a".repeat(n) + "\":1}", 8);
    limit("json-number", "1"::repeat, 5);
    limit("json-array", n -> "[" + "1,".repeat(n - 1) + "1]", 3);
  }

  @Test
  void reads_ndjson_line_by_line_and_names_the_line_of_a_mistake() {
    var bytes = "{\"a\":1}\r\n\n[2]\n".getBytes(StandardCharsets.UTF_8);
    assertThat(JsonLines.read(bytes, SMALL)).hasSize(2);
    assertThatThrownBy(() -> JsonLines.read("1\n\n{x}\n".getBytes(StandardCharsets.UTF_8), SMALL))
        .hasMessageContaining("line 3, column");
    assertThatThrownBy(() -> JsonLines.read("1\n2\n3\n4\n".getBytes(StandardCharsets.UTF_8), SMALL))
        .hasMessageContaining("request/over-limit/json-array");
  }

  @Test
  void writes_what_it_reads() {
    var text = "{\"a\":\"\\\"\\\\\\n\\r\\t\\u0001é\",\"b\":[1.50,false,null]}";
    assertThat(JsonWriter.text(read(text))).isEqualTo(text);
  }

  private interface Sized {
    String of(int size);
  }

  private static void limit(String name, Sized text, int size) {
    assertThat(JsonReader.read(bytes(text.of(size)), SMALL)).isNotNull();
    for (int above : List.of(size + 1, size * 100)) {
      assertThat(problemOf(bytes(text.of(above)), SMALL))
          .isInstanceOfSatisfying(OverLimit.class, p -> assertThat(p.limit()).isEqualTo(name));
    }
  }

  private static Json read(String text) {
    return JsonReader.read(bytes(text), JsonLimits.defaults());
  }

  private static Problem refusal(String text) {
    return problemOf(bytes(text), JsonLimits.defaults());
  }

  private static Problem problemOf(byte[] bytes, JsonLimits limits) {
    try {
      JsonReader.read(bytes, limits);
    } catch (ProblemException refused) {
      return refused.problem();
    }
    throw new AssertionError("was read");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
