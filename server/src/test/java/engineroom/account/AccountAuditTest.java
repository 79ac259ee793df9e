package engineroom.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import engineroom.account.AuditedFlow.Visitor;
import engineroom.audit.Event.Kind;
import engineroom.data.Row;
import engineroom.data.Value;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// What was done with accounts, and what the audit log says of it.
class AccountAuditTest {
  private static final Set<String> OF_ROWS = Set.of("created", "changed", "deleted");

  /// Told by the log of itself, see `AuditTest`, and by the queue when it is full.
  private static final Set<Kind> OF_THE_LOG =
      EnumSet.of(
          Kind.AUDIT_BEGAN, Kind.AUDIT_CUT, Kind.ROWS_ON, Kind.ROWS_OFF, Kind.REFUSALS_OMITTED);

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> what_is_done_with_an_account_is_in_the_log() {
    return AuditedFlow.ALL.stream().map(flow -> dynamicTest(flow.toString(), () -> told(flow)));
  }

  private void told(AuditedFlow flow) {
    var visitor = Visitor.of(folder);
    flow.before().accept(visitor);
    var known = visitor.desk().audited().size();
    flow.work().accept(visitor);
    var all = visitor.desk().audited();
    var told =
        all.subList(known, all.size()).stream()
            .filter(entry -> !OF_ROWS.contains(Fields.text(entry, "kind")))
            .map(entry -> told(entry, visitor))
            .toList();
    assertThat(told).containsExactlyElementsOf(flow.entries());
    tellsNoSecret(all, visitor);
  }

  /// `signInFailed refused: guest about ann {"by":"password"}`
  private static String told(Row entry, Visitor visitor) {
    assertThat(Fields.text(entry, "address")).as("how it came").isEqualTo(Desk.ADDRESS);
    assertThat(Fields.text(entry, "agent")).isEqualTo("curl/8");
    var about = Fields.text(entry, "rowId");
    var detail = entry.value("detail") instanceof Value.Json(var text) ? " " + text : "";
    var told =
        "%s %s: %s%s%s"
            .formatted(
                Fields.text(entry, "kind"),
                Fields.text(entry, "outcome"),
                Fields.text(entry, "who"),
                about.isEmpty() ? "" : " about " + about,
                detail);
    return visitor.named(told);
  }

  private static void tellsNoSecret(List<Row> entries, Visitor visitor) {
    var log = entries.stream().map(Row::toString).collect(Collectors.joining("\n"));
    assertThat(visitor.secrets()).isNotEmpty();
    for (var secret : visitor.secrets()) {
      assertThat(log).doesNotContain(secret);
    }
    assertThat(log).doesNotContain("er_").doesNotContain("eyJ").doesNotContain("@");
  }

  @Test
  void every_kind_of_event_is_told_by_something() {
    var told =
        AuditedFlow.ALL.stream()
            .flatMap(flow -> flow.entries().stream())
            .map(entry -> entry.substring(0, entry.indexOf(' ')))
            .collect(Collectors.toSet());
    var missing =
        Arrays.stream(Kind.values())
            .filter(kind -> !OF_THE_LOG.contains(kind))
            .filter(kind -> !told.contains(kind.text()));
    assertThat(missing).isEmpty();
  }
}
