package engineroom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.server.Engineroom;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `access` and `test`: who may do what, what a change of the model opens, and the owner's tests.
final class AccessCommandsTest {
  private static final String RULES =
      """
      read: open || caller.is('staff')
      create: caller.signedIn
      update: caller.is('staff') && open
      fields:
        cost: { read: "caller.is('owner')" }
      """;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream notes = new ByteArrayOutputStream();

  @TempDir private Path folder;

  @BeforeEach
  void with_a_model() throws IOException {
    model(RULES);
  }

  private void model(String rules) throws IOException {
    Files.writeString(
        folder.resolve("engineroom.yaml"),
        """
        engineroom: 1
        name: Notes
        roles:
          staff:
          owner: { includes: [staff] }
        entities:
          note:
            fields:
              title: { type: text, max: 20, unique: true }
              open: { type: boolean, default: true }
              cost: integer?
            access:
        """
            + rules.indent(6));
  }

  private void tests(String text) throws IOException {
    Files.createDirectories(folder.resolve("tests"));
    Files.writeString(folder.resolve("tests/access.yaml"), text);
  }

  private int run(String command, String... options) {
    return run(command, folder, options);
  }

  private int run(String command, Path project, String... options) {
    out.reset();
    notes.reset();
    var arguments = new ArrayList<>(List.of(command, project.toString()));
    arguments.addAll(List.of(options));
    var console = new Main.Console(new PrintStream(out), new PrintStream(notes));
    return Main.run(Engineroom::new, console, arguments.toArray(String[]::new));
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String notes() {
    return notes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void shows_who_may_do_what_with_what_is_decided_for_each_role() {
    assertThat(run("access", "--entity", "note")).isZero();
    assertThat(out().lines().map(String::strip).map(line -> line.replaceAll(" {2,}", " | ")))
        .containsExactly(
            "note",
            "read | guest, signed in | if open",
            "staff, owner, administrator | always",
            "create | guest | never",
            "signed in, staff, owner, administrator | always",
            "update | guest, signed in | never",
            "staff, owner | if open",
            "administrator | always",
            "delete | guest, signed in, staff, owner | never",
            "administrator | always",
            "read cost | guest, signed in, staff | never",
            "owner, administrator | always");
  }

  @Test
  void gives_the_matrix_to_programs() {
    assertThat(run("access", "--json", "--entity", "note")).isZero();
    assertThat(out())
        .contains(
            "{\"who\":\"staff\",\"entity\":\"note\",\"action\":\"update\",\"answer\":\"if open\"}")
        .contains("\"field\":\"cost\",\"answer\":\"never\"");
    assertThat(run("access", "--entity", "nope")).isEqualTo(Main.WRONG);
    assertThat(notes()).contains("There is no entity nope.");
  }

  @Test
  void does_not_decide_what_differs_between_callers_of_a_role() throws IOException {
    model("read: caller.claims.team == 'a'\n");
    assertThat(run("access")).isZero();
    assertThat(out()).contains("if caller.claims.team == 'a'");
    assertThat(out().lines().filter(line -> line.contains("read")).findFirst().orElseThrow())
        .contains("guest")
        .contains("never");
  }

  @Test
  void ends_with_3_where_a_change_opens_something() throws Exception {
    committed();
    model(RULES.replace("open || caller.is('staff')", "true"));
    assertThat(run("access", "--diff", "HEAD")).isEqualTo(3);
    assertThat(out())
        .isEqualTo(
            "+ guest: read note: if open → always\n+ signed in: read note: if open → always\n");
  }

  @Test
  void ends_with_0_where_a_change_only_closes() throws Exception {
    committed();
    model(RULES.replace("create: caller.signedIn", "create: caller.is('staff')"));
    assertThat(run("access", "--diff", "HEAD")).isZero();
    assertThat(out()).isEqualTo("- signed in: create note: always → never\n");
    assertThat(run("access", "--diff", "HEAD", "--entity", "other")).isZero();
  }

  @Test
  void tells_narrower_wider_and_other_conditions_apart() throws Exception {
    committed();
    model(RULES.replace("&& open", "&& open && cost == null"));
    assertThat(run("access", "--diff", "HEAD")).isZero();
    assertThat(out()).contains("- staff: update note: if open → if open && cost == null");
    model(RULES.replace("&& open", "&& (open || cost == 1)"));
    assertThat(run("access", "--diff", "HEAD")).isEqualTo(3);
    assertThat(out()).contains("+ staff: update note: if open → if open || cost == 1");
    model(RULES.replace("&& open", "&& cost == 1"));
    assertThat(run("access", "--diff", "HEAD")).isEqualTo(3);
    assertThat(out()).contains("~ staff: update note: if open → if cost == 1");
  }

  @Test
  void sees_a_field_that_is_opened_and_a_role_that_is_new() throws Exception {
    committed();
    model(RULES.replace("caller.is('owner')", "caller.is('staff')"));
    assertThat(run("access", "--diff", "HEAD", "--json")).isEqualTo(3);
    assertThat(out())
        .contains(
            "{\"who\":\"staff\",\"entity\":\"note\",\"action\":\"read\",\"field\":\"cost\","
                + "\"answer\":\"always\",\"before\":\"never\",\"change\":\"+\"}");
    model(RULES);
    var file = folder.resolve("engineroom.yaml");
    var text =
        Files.readString(file).replace("  staff:\n", "  staff:\n  boss: { includes: [owner] }\n");
    Files.writeString(file, text);
    assertThat(run("access", "--diff", "HEAD")).isEqualTo(3);
    assertThat(out())
        .contains("+ boss: read note: if open → always")
        .doesNotContain("boss: create");
  }

  @Test
  void names_a_revision_that_is_not_there_and_a_model_that_was_bad() throws Exception {
    assertThat(run("access", "--diff", "HEAD")).isEqualTo(Main.MISTAKES);
    assertThat(notes()).contains("is in no git repository");
    committed();
    assertThat(run("access", "--diff", "nope")).isEqualTo(Main.MISTAKES);
    assertThat(notes()).contains("git knows no revision nope.");
    model("raed: true\n");
    committed();
    model(RULES);
    assertThat(run("access", "--diff", "HEAD")).isEqualTo(Main.MISTAKES);
    assertThat(notes()).contains("The model at HEAD has mistakes").contains("raed");
    assertThat(run("access", "--diff", "--output=x")).isEqualTo(Main.MISTAKES);
  }

  private void committed() throws Exception {
    git("init", "-q");
    git("add", "-A");
    git("-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "-q", "-m", "state");
  }

  private void git(String... arguments) throws Exception {
    var command = new ArrayList<>(List.of("git", "-C", folder.toString()));
    command.addAll(List.of(arguments));
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }

  private static final String TESTS =
      """
      users:
        ann: {}
        sam: { roles: [staff] }
      rows:
        note:
          - { title: tea, cost: 3 }
          - { title: hidden, open: false }
      tests:
        - name: guests read what is open
          as: guest
          sees: { note: [tea] }
          hides: { note: [cost] }
          mayNot: [read note hidden, delete note tea, create note]
        - name: staff change what is open
          as: sam
          sees: { note: all }
          may:
            - update note tea: { title: mint }
          mayNot:
            - update note hidden: { title: mint }
            - update note tea: { open: false }
            - update note tea: { cost: 4 }
      """;

  @Test
  void runs_the_tests_of_a_project() throws IOException {
    tests(TESTS.replace("      - update note tea: { cost: 4 }\n", ""));
    assertThat(run("test")).isZero();
    assertThat(out())
        .isEqualTo(
            "✓ guests read what is open\n✓ staff change what is open\n\n2 passed, 0 failed.\n");
    assertThat(run("test", "--filter", "STAFF")).isZero();
    assertThat(out()).isEqualTo("✓ staff change what is open\n\n1 passed, 0 failed.\n");
    assertThat(run("test", "--filter", "nobody")).isEqualTo(Main.FAILED);
    assertThat(notes()).contains("There is no test named nobody.");
  }

  @Test
  void shows_of_a_failure_which_part_of_the_rule_said_no() throws IOException {
    tests(
        """
        rows:
          note:
            tea: { title: tea, open: false }
        tests:
          - name: guests read tea
            as: guest
            sees: { note: [tea] }
            may: [read note tea]
            mayNot:
              - update note tea: { cost: many }
        """);
    assertThat(run("test")).isEqualTo(Main.FAILED);
    assertThat(out())
        .startsWith("✗ guests read tea   tests/access.yaml:5:5\n")
        .contains("    sees: note\n      expected: tea\n      got:      none\n      tea:\n")
        .contains("    may: read note tea\n      expected: allowed\n      got:      refused (rule)")
        .contains("      read note\n        false  open || caller.is('staff')\n")
        .contains("          false  open\n")
        .contains("          false  caller.is('staff')\n")
        .contains("0 passed, 1 failed.");
  }

  @Test
  void a_refusal_that_no_rule_makes_is_no_refusal() throws IOException {
    tests(
        """
        rows:
          note:
            tea: { title: tea }
        tests:
          - name: staff may not write nonsense
            as: role:staff
            mayNot:
              - update note tea: { cost: many }
        """);
    assertThat(run("test")).isEqualTo(Main.FAILED);
    assertThat(out()).contains("expected: refused by a rule").contains("refused (value)");
  }

  @Test
  void fails_where_nothing_could_be_seen_anyway() throws IOException {
    tests(
        """
        rows:
          note:
            tea: { title: tea }
        tests:
          - name: guests see no cost
            as: guest
            hides: { note: [cost] }
        """);
    assertThat(run("test")).isEqualTo(Main.FAILED);
    assertThat(out()).contains("expected: a visible row with a value of cost");
  }

  @Test
  void names_every_mistake_in_a_test_file_with_its_place() throws IOException {
    tests(
        """
        users:
          ann: { roles: [staf] }
        rows:
          note:
            tea: { titel: tea }
        tests:
          - name: a
            as: anne
            sees: { notes: all }
            hides: { note: [cots] }
            may: [read note coffee, drink note tea]
            mayNot: []
            maynot: []
        """);
    assertThat(run("test")).isEqualTo(Main.MISTAKES);
    assertThat(notes())
        .contains("tests/access.yaml:2:18: There is no role staf. Did you mean staff?")
        .contains("tests/access.yaml:5:12: note.titel does not exist. Did you mean title?")
        .contains("tests/access.yaml:8:9: There is no user anne in this file. Did you mean ann?")
        .contains("tests/access.yaml:9:13: There is no entity notes. Did you mean note?")
        .contains("tests/access.yaml:10:21: note.cots does not exist. Did you mean cost?")
        .contains("tests/access.yaml:11:11: rows has no note coffee.")
        .contains("tests/access.yaml:11:29: drink note tea is nothing that may be done.")
        .contains("tests/access.yaml:13:5: A test has no option maynot. Did you mean mayNot?");
  }

  @Test
  void names_the_place_of_a_row_that_can_not_be_written() throws IOException {
    tests(
        """
        rows:
          note:
            tea: { title: tea, cost: many }
        tests:
          - { name: a, as: guest, sees: { note: all } }
        """);
    assertThat(run("test")).isEqualTo(Main.MISTAKES);
    assertThat(notes()).contains("tests/access.yaml:3:30: note.cost");
    tests(
        """
        rows:
          note:
            tea: { title: tea }
            too: { title: tea }
            long: { cost: 1 }
        tests:
          - { name: a, as: guest, sees: { note: all } }
        """);
    assertThat(run("test")).isEqualTo(Main.MISTAKES);
    assertThat(notes()).contains("tests/access.yaml:4:19").contains("title");
  }

  @Test
  void a_new_project_passes_its_own_tests() {
    var project = folder.resolve("new");
    assertThat(run("new", project)).isZero();
    assertThat(run("test", project)).isZero();
    assertThat(out()).endsWith("2 passed, 0 failed.\n");
  }

  @Test
  void the_shop_passes_its_access_tests() {
    assertThat(run("test", Path.of(System.getProperty("engineroom.root"), "examples/shop")))
        .as(() -> out() + notes())
        .isZero();
    assertThat(out()).contains("✓ a review is its author's").endsWith("5 passed, 0 failed.\n");
  }

  @Test
  void prints_the_schema_of_access_tests_for_editors() {
    var console = new Main.Console(new PrintStream(out), new PrintStream(notes));
    assertThat(Main.run(Engineroom::new, console, "schema", "--of", "tests")).isZero();
    assertThat(out()).contains("\"title\": \"Engineroom access tests\"");
    assertThat(Main.run(Engineroom::new, console, "schema", "--of", "seeds")).isEqualTo(2);
    assertThat(notes()).contains("--of takes model or tests, not seeds.");
  }
}
