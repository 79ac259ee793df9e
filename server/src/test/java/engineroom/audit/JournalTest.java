package engineroom.audit;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.data.Value;
import engineroom.modelfile.Settings.AuditSettings.Rows;
import engineroom.operation.Call;
import engineroom.operation.Caller;
import engineroom.outcome.Change;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What is remembered of requests until the log has taken their changes.
class JournalTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00.123456Z");

  private final Journal journal = new Journal();

  private void changes(String entity, String requestId, Call call) {
    var origin = new Change.Origin("guest", requestId, NOW);
    var id = Value.of(1);
    journal.made(
        call, List.of(new Change(0, entity, id, Change.Kind.CREATED, Map.of(), Map.of(), origin)));
  }

  private static Call call(String requestId) {
    return new Call(Caller.Guest.GUEST, NOW, "POST", "192.0.2.7", requestId, Duration.ofSeconds(1));
  }

  private boolean remembers(String requestId) {
    return journal.requests().find(requestId, NOW).isPresent();
  }

  @Test
  void keeps_requests_only_whose_changes_are_for_the_log() {
    journal.take(Rows.OFF);
    changes("address", "r1", call("r1").brought("/api/addresses", "curl/8"));
    changes("user", "r2", call("r2").brought("/api/users", "curl/8"));
    assertThat(remembers("r1")).isFalse();
    assertThat(remembers("r2")).isTrue();
    journal.take(Rows.ON);
    changes("address", "r3", call("r3").brought("/api/addresses", "curl/8"));
    assertThat(remembers("r3")).isTrue();
  }

  @Test
  void keeps_all_until_it_knows_what_the_log_takes() {
    changes("address", "r1", call("r1").brought("/api/addresses", "curl/8"));
    assertThat(remembers("r1")).isTrue();
  }

  @Test
  void names_who_asked_and_not_who_carried_it_out() {
    var call = call("r1").brought("/api/users/7", "curl/8\u0007").by(Caller.Program.PROGRAM);
    changes("user", "r1", call);
    assertThat(journal.requests().find("r1", NOW).orElseThrow())
        .isEqualTo(
            new Circumstances(
                NOW,
                "r1",
                "guest",
                null,
                List.of(),
                null,
                new Circumstances.Way("api", "POST", "/api/users/{id}", "192.0.2.7", "curl/8?")));
  }

  @Test
  void tells_other_processes_of_each_request_once() {
    journal.requests().share();
    var call = call("r1").brought("/api/users", "curl/8");
    changes("user", "r1", call);
    changes("user", "r1", call);
    assertThat(journal.requests().untold()).hasSize(1);
    assertThat(journal.requests().untold()).isEmpty();
  }
}
