package engineroom.modelfile;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.json.SchemaCheck;
import engineroom.modelfile.ModelReader.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The schema of access tests agrees with their reader.
class AccessFileSchemaTest {
  private static final String MODEL =
      """
      engineroom: 1
      name: Notes
      roles: { staff: }
      entities:
        note:
          fields: { title: { type: text, unique: true }, open: boolean? }
          access: { read: true }
      """;

  private static final String ROWS =
      """
      users:
        ann: { roles: [staff], name: Ann }
        bob:
        eve: { roles: staff }
      rows:
        note:
          tea: { title: Tea }
      """;

  @TempDir Path folder;

  @BeforeEach
  void with_a_model() throws IOException {
    Files.writeString(folder.resolve(ModelReader.FILE), MODEL);
  }

  private static List<String> told(Path file) {
    var yaml = new Mistakes();
    var part = YamlFile.read(Objects.requireNonNull(file.getParent()), file, yaml).orElseThrow();
    assertThat(yaml.list()).isEmpty();
    return new SchemaCheck().mistakes(AccessFileSchema.text(), PartJson.text(part));
  }

  private Path file(String text) throws IOException {
    var file = folder.resolve("access.yaml");
    Files.writeString(file, text);
    return file;
  }

  /// What the program itself says of a file.
  private boolean read(Path file) {
    var model =
        switch (ModelReader.read(folder, Map.of(), new SchemaCheck())) {
          case Reading.Good good -> good.model();
          case Reading.Bad(var mistakes) -> throw new AssertionError(mistakes.toString());
        };
    return AccessFileReader.read(folder, file, model) instanceof AccessFileReader.Reading.Good;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../examples/shop/tests/access.yaml",
        "src/main/resources/engineroom/cli/new/tests/access.yaml"
      })
  void accepts_what_we_wrote(String file) {
    assertThat(told(Path.of(file))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sees: { note: [tea] }",
        "sees: { note: all }",
        "sees: { note: tea }",
        "sees: { note: [] }",
        "shows: { note: [title] }, hides: { note: open }",
        "may: [ read note tea, delete note tea, { create note: { title: Cup } } ]",
        "mayNot: [ { update note tea: { title: Cup } }, update note tea ]"
      })
  void accepts_what_the_reader_takes(String expected) throws IOException {
    for (var as : List.of("guest", "role:staff", "ann")) {
      var file = file(ROWS + "tests: [ { name: x, as: " + as + ", " + expected + " } ]\n");
      assertThat(read(file)).isTrue();
      assertThat(told(file)).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tests: [ { name: x, as: guest, sess: { note: all } } ]",
        "tests: [ { name: x, may: [ read note tea ] } ]",
        "tests: [ { as: guest, may: [ read note tea ] } ]",
        "tests: [ { name: x, as: guest, may: [ raed note tea ] } ]",
        "tests: [ { name: x, as: guest, may: [ read note ] } ]",
        "tests: [ { name: x, as: guest, may: [ create note tea: {} ] } ]",
        "tests: [ { name: x, as: guest, may: [ { create note: {}, read note: {} } ] } ]",
        "tests: [ { name: x, as: guest, may: [ [] ] } ]",
        "tests: [ { name: x, as: guest, sees: [ note ] } ]",
        "tests: [ { name: x, as: guest, shows: { note: { title: Tea } } } ]",
        "test: []",
        "users: { guest: {} }",
        "users: { 'role:staff': {} }",
        "users: [ ann ]",
        "rows: { note: tea }",
        "rows: [ tea ]"
      })
  void refuses_what_the_reader_refuses(String text) throws IOException {
    var with = text.startsWith("tests") ? ROWS + text : text;
    var file = file(with + "\n");
    assertThat(read(file)).isFalse();
    assertThat(told(file)).isNotEmpty();
  }

  @Test
  void says_what_each_key_of_a_test_means() {
    for (var key : AccessTestReader.KEYS) {
      assertThat(AccessFileSchema.text())
          .containsPattern("\"" + key + "\": \\{\\s+\"description\"");
    }
  }
}
