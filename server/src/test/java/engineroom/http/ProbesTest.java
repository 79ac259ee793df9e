package engineroom.http;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.http.HttpParts.Check;
import engineroom.http.HttpParts.Weight;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class ProbesTest {
  private static String ready(Check... checks) {
    var probes = new Probes(List.of(checks), InstantSource.system());
    var answer = Objects.requireNonNull(probes.answer("/ready"));
    var body = (Response.Body.Bytes) answer.body();
    return answer.status() + " " + new String(body.bytes(), StandardCharsets.UTF_8);
  }

  @Test
  void is_ready_when_all_that_is_needed_holds() {
    assertThat(ready(new Check("store", () -> true)))
        .isEqualTo("200 {\"status\":\"ready\",\"checks\":{\"store\":true}}");
  }

  @Test
  void is_not_ready_when_something_needed_does_not_hold_or_can_not_be_asked() {
    assertThat(ready(new Check("store", () -> false))).startsWith("503 {\"status\":\"not ready\"");
    Check broken =
        new Check(
            "store",
            () -> {
              throw new IllegalStateException("secret");
            });
    assertThat(ready(broken)).startsWith("503 ").doesNotContain("secret");
  }

  @Test
  void tells_what_is_weak_and_is_ready_all_the_same() {
    var weak = new Check("durability", () -> false, Weight.TOLD);
    assertThat(ready(new Check("store", () -> true), weak))
        .isEqualTo("200 {\"status\":\"ready\",\"checks\":{\"store\":true,\"durability\":false}}");
    assertThat(ready(new Check("store", () -> false), weak)).startsWith("503 ");
  }
}
