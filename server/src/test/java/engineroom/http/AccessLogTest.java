package engineroom.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class AccessLogTest {
  private final OperationName operation = new OperationName();

  private String line() {
    var line =
        new AccessLog.Line(
            0, "GET", "/api/\"p\"", operation, 200, 1007, "127.0.0.1", "request-1", null);
    return AccessLog.json(line, new StringBuilder()).toString();
  }

  @Test
  void a_line_names_what_was_asked() {
    ScopedValue.where(OperationName.CURRENT, operation)
        .run(() -> OperationName.tell("product", "list"));
    assertThat(line())
        .isEqualTo(
            "{\"method\":\"GET\",\"path\":\"/api/\\\"p\\\"\",\"operation\":\"product.list\","
                + "\"status\":200,\"ms\":1.007,\"address\":\"127.0.0.1\","
                + "\"requestId\":\"request-1\"}");
  }

  @Test
  void a_line_of_what_is_no_operation_names_none() {
    assertThat(line()).doesNotContain("operation");
  }

  @Test
  void a_door_without_a_server_around_it_may_tell_too() {
    OperationName.tell("product", "list");
    assertThat(operation.text()).isEmpty();
  }
}
