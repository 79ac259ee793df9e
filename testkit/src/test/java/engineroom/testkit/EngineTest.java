package engineroom.testkit;

import static engineroom.testkit.NotesApp.ADMIN;
import static engineroom.testkit.NotesApp.ANN;
import static engineroom.testkit.NotesApp.BOB;
import static engineroom.testkit.NotesApp.GUEST;
import static engineroom.testkit.NotesApp.STAFF;
import static engineroom.testkit.NotesApp.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import engineroom.data.Type;
import engineroom.data.Value;
import engineroom.expression.Arguments;
import engineroom.expression.Expression;
import engineroom.expression.ExpressionReader;
import engineroom.model.ModelScope;
import engineroom.operation.Caller;
import engineroom.operation.Input;
import engineroom.operation.Input.Assignment;
import engineroom.operation.Operation;
import engineroom.operation.Query;
import engineroom.operation.Query.Counting;
import engineroom.operation.Query.Page;
import engineroom.operation.Selection;
import engineroom.operation.Selection.Direction;
import engineroom.operation.Selection.Expansion;
import engineroom.operation.Selection.Fields;
import engineroom.operation.Selection.Sort;
import engineroom.operation.Summary;
import engineroom.outcome.Change.Kind;
import engineroom.outcome.Outcome;
import engineroom.store.MemoryStore;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// One operation from what is asked to what comes of it, for callers with different rights.
class EngineTest {
  private final NotesApp app = new NotesApp(MemoryStore::new);

  @BeforeEach
  void fill() {
    for (int i = 1; i <= 3; i++) {
      create(ADMIN, "user", Map.of("id", id(i)));
    }
    create(ADMIN, "folder", Map.of("id", id(10), "name", text("ann's"), "owner", id(1)));
    note(20, "public", true, 1);
    note(21, "private", false, 1);
    note(22, "bob's", false, 2);
    create(ADMIN, "line", Map.of("id", id(30), "text", text("x"), "note", id(21)));
  }

  private void note(long number, String title, boolean open, long owner) {
    create(
        ADMIN,
        "note",
        Map.of(
            "id", id(number),
            "title", text(title),
            "open", Value.of(open),
            "owner", id(owner),
            "folder", id(10),
            "cost", Value.of(number),
            "secretive", text("s" + number)));
  }

  private static Value text(String text) {
    return Value.of(text);
  }

  private Outcome.Written create(Caller caller, String entity, Map<String, Value> values) {
    return (Outcome.Written)
        app.as(caller, new Operation.Create(entity, List.of(input(values)), Selection.ALL));
  }

  private static Input input(Map<String, Value> values) {
    var assignments = new LinkedHashMap<String, Assignment>();
    values.forEach((name, value) -> assignments.put(name, new Assignment.To(value)));
    return new Input(assignments);
  }

  private Outcome change(Caller caller, long number, Map<String, Value> values) {
    return app.as(
        caller, new Operation.Change("note", id(number), input(values), null, Selection.ALL));
  }

  private Expression filter(String entity, String text) {
    var scope = ModelScope.of(app.engine.model(), entity, ModelScope.Use.RULE);
    return ExpressionReader.read(text, scope, Type.Scalar.BOOLEAN).expression();
  }

  private List<String> find(Caller caller, String entity, String filter, String... fields) {
    var selection = new Selection(new Fields.Named(List.of(fields)), List.of());
    return find(
        caller, new Query(entity, selection, filter(entity, filter), List.of(), Counting.NONE));
  }

  private List<String> find(Caller caller, Query query) {
    var listed =
        (Outcome.Listed) app.as(caller, new Operation.Find(query, Page.first(50), Arguments.NONE));
    return listed.rows().stream().map(row -> new String(row, StandardCharsets.UTF_8)).toList();
  }

  @Test
  void shows_each_caller_only_the_rows_that_the_rule_lets_them_see() {
    assertThat(find(GUEST, "note", "true", "title")).containsExactly("{\"title\":\"public\"}");
    assertThat(find(ANN, "note", "true", "title"))
        .containsExactly("{\"title\":\"public\"}", "{\"title\":\"private\"}");
    assertThat(find(ADMIN, "note", "true", "title")).hasSize(3);
  }

  @Test
  void answers_the_same_for_a_hidden_row_as_for_none() {
    assertThat(app.as(BOB, new Operation.Fetch("note", id(21), Selection.ALL)))
        .isEqualTo(Outcome.Missing.MISSING);
    assertThat(app.as(BOB, new Operation.Fetch("note", id(99), Selection.ALL)))
        .isEqualTo(Outcome.Missing.MISSING);
    assertThat(app.as(BOB, new Operation.Delete("note", id(21), null)))
        .isEqualTo(Outcome.Missing.MISSING);
    assertThat(change(BOB, 21, Map.of("title", text("x")))).isEqualTo(Outcome.Missing.MISSING);
  }

  @Test
  void refuses_a_field_that_the_caller_never_may_read_like_one_that_does_not_exist() {
    assertThatThrownBy(() -> find(ANN, "note", "cost == 20", "title"))
        .hasMessage("operation/unknown-field: note.cost does not exist.");
    assertThatThrownBy(() -> find(ANN, "note", "true", "cost"))
        .hasMessage("operation/unknown-field: note.cost does not exist.");
    assertThatThrownBy(() -> find(ANN, "note", "true", "cast"))
        .hasMessage("operation/unknown-field: note.cast does not exist.");
    assertThat(find(STAFF, "note", "cost == 20", "cost")).containsExactly("{\"cost\":20}");
  }

  @Test
  void gives_null_for_a_field_where_the_row_does_not_let_the_caller_read_it() {
    assertThat(find(BOB, "note", "true", "title", "secretive"))
        .containsExactly(
            "{\"title\":\"public\",\"secretive\":null}",
            "{\"title\":\"bob's\",\"secretive\":\"s22\"}");
    assertThat(find(BOB, "note", "secretive == 's20'", "title")).isEmpty();
    assertThat(find(BOB, "note", "secretive == null", "title"))
        .containsExactly("{\"title\":\"public\"}");
  }

  @Test
  void follows_a_reference_to_a_hidden_row_nowhere() {
    assertThat(find(GUEST, "note", "title == 'public'", "title", "folder"))
        .containsExactly("{\"title\":\"public\",\"folder\":{\"id\":\"" + uuid(10) + "\"}}");
    assertThatThrownBy(() -> find(GUEST, "note", "folder.name == \"ann's\"", "title"))
        .hasMessageContaining("folder.name does not exist");
    assertThat(find(BOB, "note", "folder.name == \"ann's\"", "title")).isEmpty();
    assertThat(find(ANN, "note", "folder.name == \"ann's\"", "title")).hasSize(2);
  }

  private static String uuid(long number) {
    return ((Value.Uuid) id(number)).uuid().toString();
  }

  @Test
  void takes_nobody_for_the_owner_of_a_row_without_one() {
    create(ADMIN, "folder", Map.of("id", id(11), "name", text("x"), "owner", id(3)));
    assertThatThrownBy(() -> find(GUEST, "folder", "true", "name"))
        .hasMessageStartingWith("authorize/sign-in-needed");
  }

  @Test
  void expands_only_what_the_caller_may_see() {
    var folders =
        new Query(
            "folder",
            new Selection(
                new Fields.Named(List.of("name")),
                List.of(
                    new Expansion(
                        "notes",
                        new Selection(new Fields.Named(List.of("title")), List.of()),
                        Expression.TRUE,
                        List.of(
                            new Sort(
                                app.engine.model().entity("note").get("title"),
                                Direction.DESCENDING)),
                        50))),
            Expression.TRUE,
            List.of(),
            Counting.NONE);
    assertThat(find(STAFF, folders))
        .containsExactly("{\"name\":\"ann's\",\"notes\":[{\"title\":\"public\"}]}");
    assertThat(find(ANN, folders))
        .containsExactly(
            "{\"name\":\"ann's\",\"notes\":[{\"title\":\"public\"},{\"title\":\"private\"}]}");
  }

  @Test
  void counts_and_sums_only_what_the_caller_may_see() {
    var summary =
        new Summary(
            "note",
            Expression.TRUE,
            List.of(),
            List.of(new Summary.Measure(Summary.Function.COUNT, "", null)),
            List.of(),
            List.of());
    var operation = new Operation.Summarize(summary, Page.first(10), Arguments.NONE);
    assertThat(group(GUEST, operation)).isEqualTo("{\"count\":1}");
    assertThat(group(ADMIN, operation)).isEqualTo("{\"count\":3}");
  }

  private String group(Caller caller, Operation.Summarize operation) {
    var outcome = (Outcome.Summarized) app.as(caller, operation);
    return new String(outcome.groups().getFirst(), StandardCharsets.UTF_8);
  }

  @Test
  void sets_a_preset_itself_and_refuses_one_that_is_given() {
    var written = create(ANN, "note", Map.of("title", text("mine"), "open", Value.of(false)));
    assertThat(new String(written.rows().getFirst().json(), StandardCharsets.UTF_8))
        .contains("\"owner\":{\"id\":\"" + uuid(1) + "\"}");
    assertThatThrownBy(
            () ->
                create(
                    ANN,
                    "note",
                    Map.of("title", text("x"), "open", Value.of(false), "owner", id(2))))
        .hasMessageContaining("operation/not-valid");
  }

  @Test
  void refuses_a_reference_to_a_row_that_the_caller_can_not_see() {
    assertThatThrownBy(
            () ->
                create(
                    BOB,
                    "note",
                    Map.of("title", text("x"), "open", Value.of(true), "folder", id(10))))
        .hasMessageContaining("operation/not-valid");
  }

  @Test
  void tells_guests_to_sign_in_and_others_that_they_may_not() {
    assertThatThrownBy(
            () -> create(GUEST, "note", Map.of("title", text("x"), "open", Value.of(true))))
        .hasMessageStartingWith("authorize/sign-in-needed");
    assertThatThrownBy(() -> change(BOB, 20, Map.of("title", text("x"))))
        .hasMessageStartingWith("authorize/not-allowed");
    assertThatThrownBy(() -> app.as(BOB, new Operation.Delete("note", id(20), null)))
        .hasMessageStartingWith("authorize/not-allowed");
  }

  @Test
  void keeps_checks_and_undoes_what_breaks_them() {
    assertThatThrownBy(() -> change(ANN, 20, Map.of("title", text(""))))
        .hasMessageContaining("operation/not-valid");
    assertThat(find(ANN, "note", "title == 'public'", "version"))
        .containsExactly("{\"version\":1}");
  }

  @Test
  void counts_versions_and_tells_a_conflict_with_the_row_as_it_is() {
    var written = (Outcome.Written) change(ANN, 20, Map.of("title", text("new")));
    assertThat(written.rows().getFirst().version()).isEqualTo(2);
    assertThat(written.changes())
        .singleElement()
        .satisfies(c -> assertThat(c.kind()).isEqualTo(Kind.CHANGED));
    var stale =
        app.as(
            ANN,
            new Operation.Change(
                "note", id(20), input(Map.of("title", text("x"))), 1L, Selection.ALL));
    assertThat(stale)
        .isInstanceOfSatisfying(
            Outcome.Conflict.class,
            conflict ->
                assertThat(new String(conflict.json(), StandardCharsets.UTF_8))
                    .contains("\"title\":\"new\""));
  }

  @Test
  void changes_nothing_when_nothing_differs() {
    var written = (Outcome.Written) change(ANN, 20, Map.of("title", text("public")));
    assertThat(written.rows().getFirst().version()).isEqualTo(1);
    assertThat(written.changes()).isEmpty();
  }

  @Test
  void counts_up_the_owner_of_an_owned_row_and_deletes_it_with_its_owner() {
    assertThat(find(ADMIN, "note", "title == 'private'", "version"))
        .containsExactly("{\"version\":2}");
    var deleted = (Outcome.Deleted) app.as(ANN, new Operation.Delete("note", id(21), null));
    assertThat(deleted.changes()).hasSize(2);
    assertThat(find(ADMIN, "line", "true", "text")).isEmpty();
  }

  @Test
  void refuses_to_delete_what_is_still_referred_to() {
    assertThatThrownBy(() -> app.as(ADMIN, new Operation.Delete("folder", id(10), null)))
        .hasMessageStartingWith("store/still-referred");
  }

  @Test
  void writes_all_rows_of_one_operation_or_none() {
    var rows =
        List.of(
            input(Map.of("title", text("one"), "open", Value.of(true))),
            input(Map.of("title", text(""), "open", Value.of(true))));
    assertThatThrownBy(() -> app.as(ANN, new Operation.Create("note", rows, Selection.ALL)))
        .hasMessageContaining("operation/not-valid");
    assertThat(find(ADMIN, "note", "title == 'one'", "title")).isEmpty();
  }

  @Test
  void goes_on_behind_a_cursor_in_both_directions() {
    for (var direction : Direction.values()) {
      var query =
          new Query(
              "note",
              new Selection(new Fields.Named(List.of("title")), List.of()),
              Expression.TRUE,
              List.of(new Sort(app.engine.model().entity("note").get("cost"), direction)),
              Counting.EXACT);
      var first =
          (Outcome.Listed) app.as(ADMIN, new Operation.Find(query, Page.first(2), Arguments.NONE));
      assertThat(first.count()).isEqualTo(3);
      var rest =
          (Outcome.Listed)
              app.as(
                  ADMIN, new Operation.Find(query, new Page(2, 0, first.next()), Arguments.NONE));
      assertThat(rest.rows()).hasSize(1);
      assertThat(rest.next()).isNull();
      assertThat(new String(rest.rows().getFirst(), StandardCharsets.UTF_8))
          .contains(direction == Direction.ASCENDING ? "bob's" : "public");
    }
  }
}
