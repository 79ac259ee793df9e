package engineroom.http;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.http.Response.Body.Bytes;
import engineroom.problem.OperationProblem.NotValid;
import engineroom.problem.RequestProblem.NoSuchMethod;
import engineroom.problem.StoreProblem.Unavailable;
import engineroom.problem.Violation;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ProblemsTest {
  @Test
  void tells_every_mistake_with_its_place_its_rule_and_its_numbers() {
    var mistake = new Violation("lines[1].quantity", "min", "must be at least 1", Map.of("min", 1));
    var response = Problems.response(new NotValid(List.of(mistake)), "r1");
    assertThat(response.status()).isEqualTo(422);
    assertThat(new String(((Bytes) response.body()).bytes(), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"type\":\"https://engineroom.dev/problems/not-valid\",\"status\":422,"
                + "\"code\":\"operation/not-valid\",\"title\":\"1 field is not valid\","
                + "\"requestId\":\"r1\",\"errors\":[{\"path\":\"lines[1].quantity\","
                + "\"code\":\"min\",\"message\":\"must be at least 1\",\"params\":{\"min\":1}}]}");
  }

  @Test
  void says_which_methods_are_allowed_and_when_to_come_back() {
    assertThat(Problems.response(new NoSuchMethod("No.", "GET, POST"), "r").headers())
        .containsEntry("Allow", "GET, POST");
    var busy = Problems.response(new Unavailable("The store is busy.", null), "r");
    assertThat(busy.status()).isEqualTo(503);
    assertThat(busy.headers()).containsEntry("Retry-After", "1");
  }
}
