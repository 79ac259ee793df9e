package engineroom.audit;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.Runner;
import engineroom.audit.Event.Kind;
import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.modelfile.Settings.AuditSettings.Rows;
import engineroom.operation.Call;
import engineroom.operation.Caller;
import engineroom.operation.Operation;
import engineroom.outcome.Outcome;
import engineroom.records.Records;
import engineroom.records.Where;
import engineroom.testkit.ManualClock;
import engineroom.throttle.Opened;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The audit log of an app in SQLite, as the program keeps it and as somebody with the database in
/// their hands might change it.
final class AuditTest {
  private static final String THING =
      """
      thing:
        fields:
          name: text
          price: { type: decimal?, precision: 10, scale: 2 }
          mail: { type: text?, personal: true }
          pin: { type: secret? }
          note: { type: text?, hidden: true }
          box: { type: json? }
      """;

  @TempDir Path folder;
  private final ManualClock clock = new ManualClock(Instant.parse("2026-11-21T12:00:00Z"));
  private Opened app;
  private final Journal journal = new Journal();
  private Audit audit;

  @BeforeEach
  void with_an_app_that_has_just_begun() throws Exception {
    app = Opened.of(Opened.Kind.SQLITE, folder, THING);
    audit = new Audit(folder.resolve("data"), journal);
    audit.begin(records(), app.engine(), clock.instant());
  }

  @AfterEach
  void close() {
    app.close();
  }

  private Records records() {
    return app.records(clock);
  }

  private void take() {
    while (audit.take(app.engine(), records(), Rows.ON)) {
      clock.advance(Duration.ofMillis(1));
    }
  }

  private void sign() {
    audit.sign(records(), clock.instant(), Duration.ZERO);
  }

  private Row create(String name) {
    clock.advance(Duration.ofSeconds(1));
    return records().create("thing", Map.of("name", Value.of(name)));
  }

  private List<Row> entries() {
    return records().all(Chain.ENTRY, Where.ALL, 500);
  }

  private Row entry(long number) {
    return records().find(Chain.ENTRY, Value.of(number)).orElseThrow();
  }

  private void begins(Circumstances request) {
    journal.requests().remember(request);
  }

  private Verification.Report verify() {
    return audit.verify(records());
  }

  /// Twenty entries, signed after the tenth.
  private void fill() {
    for (int i = 2; i <= 20; i++) {
      create("thing " + i);
      take();
      if (i == 10) {
        sign();
      }
    }
    assertThat(entries()).hasSize(20);
    assertThat(verify().faults()).isEmpty();
  }

  private void forge(long number, String field, Value value) {
    records().change(Chain.ENTRY, Value.of(number), Map.of(field, value));
  }

  private void delete(long number) {
    records().deleteWhere(Chain.ENTRY, Where.is("id", Value.of(number)), 1);
  }

  /// The values of an entry, as somebody would write them elsewhere.
  private Map<String, Value> copy(long number) {
    var values = new HashMap<>(entry(number).values());
    values.keySet().removeAll(Set.of("id", "version", "createdAt", "updatedAt"));
    return values;
  }

  @Test
  void tells_what_became_of_rows_and_masks_what_is_nobodys_business() {
    var row =
        records()
            .create(
                "thing",
                Map.of(
                    "name", Value.of("a\u2028\"<\u00e9\ud83d\ude00"),
                    "price", new Value.Decimal(new BigDecimal("1.50")),
                    "mail", Value.of("ann@example.org"),
                    "pin", Value.of("rosebud 4711"),
                    "note", Value.of("hush"),
                    "box", new Value.Json("{\"a\":1e3,\"b\":[null,1.10]}")));
    records().change("thing", row.id(), Map.of("name", Value.of("b")));
    records().deleteWhere("thing", Where.is("id", row.id()), 1);
    take();
    var entries = entries();
    assertThat(entries.stream().map(e -> Head.text(e, "kind")))
        .containsExactly("auditBegan", "created", "changed", "deleted");
    assertThat(entries.toString()).doesNotContain("ann@").doesNotContain("rosebud");
    assertThat(entries.toString()).doesNotContain("hush");
    assertThat(entries.get(1).value("newValues").toString())
        .contains("\"mail\":\"(masked)\"", "\"price\":\"1.50\"", "\"b\":[null,1.10]");
    assertThat(entries.get(2).value("oldValues").toString()).contains("\ud83d\ude00");
    assertThat(entries.get(2).value("changed").toString()).contains("name").doesNotContain("price");
    assertThat(entries.get(3).value("rowId")).isEqualTo(Value.of(Circumstances.plain(row.id())));
    assertThat(verify().faults()).isEmpty();
  }

  @Test
  void knows_how_a_request_came_that_changed_a_row() {
    var caller = Caller.Administrator.ADMINISTRATOR;
    var call = new Call(caller, clock.instant(), "POST", "192.0.2.7", "r1", Duration.ofSeconds(9));
    var way = new Circumstances.Way("api", "POST", "/api/things", "192.0.2.7", "curl/8");
    begins(
        new Circumstances(call.time(), "r1", "ann", "administrator", List.of("staff"), "s1", way));
    new Records(app.engine().model(), app.engine(), call)
        .create("thing", Map.of("name", Value.of("a")));
    take();
    assertThat(entry(2).values())
        .containsEntry("who", Value.of("ann"))
        .containsEntry("impersonator", Value.of("administrator"))
        .containsEntry("session", Value.of("s1"))
        .containsEntry("path", Value.of("/api/things"))
        .containsEntry("agent", Value.of("curl/8"));
    assertThat(verify().faults()).isEmpty();
  }

  @Test
  void takes_no_circumstances_of_another_request_with_the_same_id() {
    var way = new Circumstances.Way("api", "POST", "/api/things", "203.0.113.9", "forged");
    create("a");
    var other = clock.instant().plusNanos(1_000);
    begins(new Circumstances(other, "internal", "bob", null, List.of(), null, way));
    take();
    assertThat(entry(2).value("address")).isEqualTo(Value.NULL);
    assertThat(entry(2).value("who")).isEqualTo(Value.of("program"));
  }

  @Test
  void keeps_an_event_with_its_effect_or_not_at_all() {
    var by = Circumstances.of(Call.ofProgram(clock.instant()));
    var event = Event.done(Kind.ROLE_GIVEN, by).about("user", "7").with("role", Value.of("staff"));
    var records = records();
    try {
      var _ =
          records.together(
              within -> {
                Audit.event(within, event);
                throw new IllegalStateException("the effect failed");
              });
    } catch (IllegalStateException e) {
      assertThat(e).hasMessage("the effect failed");
    }
    assertThat(entries()).hasSize(1);
    Audit.event(records, event);
    assertThat(entry(2).values())
        .containsEntry("kind", Value.of("roleGiven"))
        .containsEntry("detail", new Value.Json("{\"role\":\"staff\"}"));
    assertThat(verify().faults()).isEmpty();
  }

  @Test
  void writes_one_entry_for_each_change_however_often_it_begins_anew() throws Exception {
    for (int i = 0; i < 600; i++) {
      create("thing " + i);
    }
    var _ = audit.take(app.engine(), records(), Rows.ON);
    app.close(); // killed in the middle
    app = Opened.of(Opened.Kind.SQLITE, folder, THING);
    audit = new Audit(folder.resolve("data"), journal);
    audit.begin(records(), app.engine(), clock.instant());
    take();
    take();
    assertThat(verify()).isEqualTo(new Verification.Report(601, 601, 0, List.of()));
    assertThat(Head.number(entry(601), "change")).isEqualTo(600);
  }

  @Test
  void begins_behind_what_was_changed_before_it() throws Exception {
    app.close();
    app = Opened.of(Opened.Kind.MEMORY, folder, THING);
    create("old");
    audit.begin(records(), app.engine(), clock.instant());
    create("new");
    take();
    assertThat(entries()).hasSize(2);
    assertThat(entry(2).value("newValues").toString()).contains("new");
  }

  @Test
  void begins_anew_where_the_database_was_taken_back_in_time() {
    create("a");
    take();
    Head.read(records()).upTo(1_000).keep(records());
    audit.begin(records(), app.engine(), clock.instant());
    create("b");
    take();
    assertThat(entries().stream().map(e -> Head.text(e, "kind")))
        .containsExactly("auditBegan", "created", "auditBegan", "created");
  }

  @Test
  void finds_every_flip_of_every_field() {
    fill();
    for (long number = 1; number <= 20; number++) {
      for (var field : List.of("kind", "outcome", "who", "requestId", "hash", "agent")) {
        var was = entry(number).value(field);
        forge(number, field, Value.of("forged"));
        assertThat(verify().faults().getFirst()).startsWith("Entry " + number + " is not as");
        forge(number, field, was);
      }
    }
    forge(7, "time", new Value.Timestamp(clock.instant()));
    assertThat(verify().faults().getFirst()).startsWith("Entry 7 is not as");
  }

  @Test
  void finds_every_deletion() {
    fill();
    for (long number = 1; number < 20; number++) {
      var values = new HashMap<>(copy(number));
      delete(number);
      assertThat(verify().faults().getFirst()).startsWith("Entry " + number + " is missing");
      values.put("id", Value.of(number));
      records().create(Chain.ENTRY, values);
      assertThat(verify().faults()).isEmpty();
    }
  }

  /// Asks what the engine answers, and has something happen before each question but those for
  /// entries, which would never come to an end.
  private record Interrupted(Runner engine, Runnable before) implements Runner {
    @Override
    public Outcome run(Operation operation, Call call) {
      if (!(operation instanceof Operation.Find find
          && find.query().entity().equals(Chain.ENTRY))) {
        before.run();
      }
      return engine.run(operation, call);
    }

    @Override
    public <T> T together(Function<Session, T> work) {
      return engine.together(work);
    }

    @Override
    public <T> T still(Call call, Function<Runner, T> work) {
      return engine.still(call, state -> work.apply(new Interrupted(state, before)));
    }
  }

  private Verification.Report verifyWhile(Runnable before) {
    var runner = new Interrupted(app.engine(), before);
    var call = Call.ofProgram(clock.instant());
    return audit.verify(new Records(app.engine().model(), runner, call));
  }

  private void add() {
    create("later");
    take();
  }

  @Test
  void finds_nothing_wrong_while_entries_are_added() {
    fill();
    var report = verifyWhile(this::add);
    assertThat(report.faults()).isEmpty();
    assertThat(report.last()).as("of the moment it began").isBetween(20L, 22L);
    assertThat(verify().last()).isGreaterThan(report.last());
  }

  @Test
  void finds_nothing_wrong_while_the_log_is_signed_and_its_beginning_cut_off() {
    fill();
    var report =
        verifyWhile(
            () -> {
              add();
              sign();
              audit.cut(records(), clock.instant(), clock.instant());
            });
    assertThat(report.faults()).isEmpty();
    assertThat(verify().faults()).isEmpty();
    assertThat(entries().getFirst().id()).isNotEqualTo(Value.of(1));
  }

  @Test
  void finds_an_insertion_and_an_exchange() {
    fill();
    var seven = copy(7);
    var eight = copy(8);
    records().change(Chain.ENTRY, Value.of(7), eight);
    records().change(Chain.ENTRY, Value.of(8), seven);
    assertThat(verify().faults().getFirst()).startsWith("Entry 7 is not as");
    records().change(Chain.ENTRY, Value.of(7), seven);
    records().change(Chain.ENTRY, Value.of(8), eight);
    var more = copy(20);
    more.put("id", Value.of(21));
    more.put("hash", Value.of(Chain.hash(Head.text(entry(20), "hash"), more)));
    records().create(Chain.ENTRY, more);
    assertThat(verify().faults().getFirst()).startsWith("Entry 21 is missing or was added");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 5, 9})
  void finds_a_tail_that_was_cut_off_after_an_anchor(long left) {
    fill();
    for (long number = 20; number > left; number--) {
      delete(number);
    }
    var head = Head.read(records());
    var hash = left == 0 ? Chain.BEGIN : Head.text(entry(left), "hash");
    head.at(left, hash).keep(records());
    records().deleteWhere(Audit.CHECKPOINT, Where.ALL, 100);
    assertThat(verify().faults().getFirst()).startsWith("Entry " + (left + 1) + " is missing");
  }

  @Test
  void finds_a_chain_that_was_made_anew() {
    fill();
    var hash = Head.text(entry(4), "hash");
    forge(5, "who", Value.of("bob"));
    for (long number = 5; number <= 20; number++) {
      hash = Chain.hash(hash, entry(number).values());
      forge(number, "hash", Value.of(hash));
    }
    Head.read(records()).at(20, hash).keep(records());
    assertThat(verify().faults().getFirst())
        .isEqualTo("Entry 10 is another than the one that was signed.");
  }

  @Test
  void finds_checkpoints_that_another_key_signed() throws Exception {
    fill();
    Files.delete(folder.resolve("data/audit.key"));
    audit = new Audit(folder.resolve("data"), journal);
    assertThat(verify().faults()).hasSize(2).allMatch(fault -> fault.contains("key"));
  }

  @Test
  void finds_a_line_that_is_missing_among_the_anchors() throws Exception {
    fill();
    for (int i = 0; i < 3; i++) {
      create("more");
      take();
      sign();
    }
    var file = folder.resolve("data/" + Anchors.NAME);
    var lines = Files.readAllLines(file);
    Files.write(file, lines.subList(1, lines.size()));
    assertThat(verify().faults())
        .containsExactly(Anchors.NAME + " has no line for entry 10, but should.");
  }

  @Test
  void verifies_after_a_cut_and_finds_what_is_cut_without_a_signature() {
    fill();
    sign();
    var before = entry(6).value("time");
    assertThat(before).isInstanceOf(Value.Timestamp.class);
    var moment = ((Value.Timestamp) before).instant();
    assertThat(audit.cut(records(), moment, clock.instant())).isFalse();
    assertThat(Head.number(entries().getFirst(), "id")).isEqualTo(6);
    assertThat(Head.text(entries().getLast(), "kind")).isEqualTo("auditCut");
    assertThat(verify().faults()).isEmpty();
    delete(6);
    assertThat(verify().faults().getFirst()).startsWith("Entry 6 is missing; entry 7 follows");
  }

  @Test
  void tells_when_changes_of_rows_are_left_out() {
    audit.follow(app.engine(), records(), Rows.OFF, clock.instant());
    create("unseen");
    var _ = audit.take(app.engine(), records(), Rows.OFF);
    create("not looked at yet");
    audit.follow(app.engine(), records(), Rows.ON, clock.instant());
    create("seen");
    take();
    assertThat(entries().stream().map(e -> Head.text(e, "kind")))
        .containsExactly("auditBegan", "rowsOff", "rowsOn", "created");
  }

  @Test
  void signs_after_a_minute_and_after_a_thousand_entries() throws Exception {
    create("a");
    take();
    audit.sign(records(), clock.instant(), Audit.SIGN_EVERY);
    create("b");
    take();
    audit.sign(records(), clock.instant(), Audit.SIGN_EVERY);
    assertThat(Files.readAllLines(folder.resolve("data/" + Anchors.NAME))).hasSize(1);
    clock.advance(Audit.SIGN_EVERY);
    audit.sign(records(), clock.instant(), Audit.SIGN_EVERY);
    assertThat(verify().signed()).isEqualTo(3);
    for (int i = 0; i < 4; i++) {
      records().createAll("thing", Collections.nCopies(250, Map.of("name", Value.of("x"))));
    }
    take();
    audit.sign(records(), clock.instant(), Audit.SIGN_EVERY);
    assertThat(verify().signed()).isEqualTo(1003);
  }

  @Test
  void tells_of_more_refusals_than_can_wait_how_many_there_were() {
    var by = Circumstances.of(Call.ofProgram(clock.instant()));
    var refused = Event.refused(Kind.SIGN_IN_FAILED, by);
    for (int i = 0; i < Journal.WAITING_MAX + 7; i++) {
      journal.refused(refused);
    }
    journal.write(records(), clock.instant());
    journal.write(records(), clock.instant());
    var last = records().last(Chain.ENTRY, Where.ALL, "id", 2);
    assertThat(last.getFirst().id()).isEqualTo(Value.of(Journal.WAITING_MAX + 2));
    assertThat(last.getFirst().values())
        .containsEntry("kind", Value.of("refusalsOmitted"))
        .containsEntry("detail", new Value.Json("{\"count\":7}"));
    assertThat(last.getLast().value("kind")).isEqualTo(Value.of("signInFailed"));
    assertThat(verify().faults()).isEmpty();
  }
}
