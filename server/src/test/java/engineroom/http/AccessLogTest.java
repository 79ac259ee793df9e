package engineroom.http;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.operation.Caller;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class AccessLogTest {
  private final OperationName operation = new OperationName();

  private String line() {
    return line(200, "", Caller.Guest.GUEST);
  }

  private String line(int status, String problem, Caller caller) {
    var line =
        new AccessLog.Line(
            0,
            "GET",
            "/api/\"p\"",
            operation,
            status,
            problem,
            1007,
            caller,
            "127.0.0.1",
            "request-1",
            null);
    return AccessLog.json(line, new StringBuilder()).toString();
  }

  @Test
  void a_line_names_who_was_refused_and_why() {
    var ann = new Value.Uuid(new UUID(0, 1));
    var user = new Caller.User(ann, Set.of(), Map.of(), new Row(Map.of("id", ann)));
    assertThat(line(403, "authorize/not-allowed", user))
        .contains("\"status\":403,\"problem\":\"authorize/not-allowed\",\"ms\"")
        .contains("\"caller\":\"00000000-0000-0000-0000-000000000001\",\"address\"");
    assertThat(line(200, "", Caller.Administrator.ADMINISTRATOR))
        .contains("\"caller\":\"administrator\"");
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
