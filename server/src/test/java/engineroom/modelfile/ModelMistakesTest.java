package engineroom.modelfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import engineroom.json.SchemaCheck;
import engineroom.modelfile.ModelReader.Reading;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Reads wrong models and compares every line told with a golden file. `-Dgolden=write` writes the
/// files anew; each line is then reviewed like code.
class ModelMistakesTest {
  private static final Path GOLDEN = Path.of("src/test/resources/modelfile/mistakes");
  private static final Pattern FILE = Pattern.compile("(?m)^--- file: (.+)\\R");
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}_]+");

  /// Words of the messages themselves that also stand in the examples.
  private static final Set<String> OURS =
      Set.of(
          "a", "an", "and", "be", "can", "has", "have", "in", "is", "it", "no", "not", "the", "t");

  private static final Map<String, String> ENVIRONMENT =
      Map.of("SHOP_URL", "sqlite:data/shop.db", "UNSET", "");

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> tells_every_mistake_with_its_place_and_the_way_out() throws IOException {
    return examples().stream().map(file -> dynamicTest(name(file), () -> compare(file)));
  }

  @Test
  void tells_at_least_120_kinds_of_mistakes() throws IOException {
    var owners = new HashSet<String>();
    for (var file : examples()) {
      WORD.matcher(Files.readString(file)).results().forEach(word -> owners.add(word.group()));
    }
    owners.removeAll(OURS);
    var kinds = new TreeSet<String>();
    for (var file : examples()) {
      Files.readAllLines(expected(file)).stream()
          .filter(line -> !line.startsWith("  "))
          .forEach(line -> kinds.add(kind(line, owners)));
    }
    assertThat(kinds).as(String.join("\n", kinds)).hasSizeGreaterThanOrEqualTo(120);
  }

  @Test
  void tells_of_a_folder_without_a_model() {
    assertThat(mistakes())
        .containsExactly(
            "engineroom.yaml: There is no engineroom.yaml in this folder."
                + " Make one with: engineroom new <name>.");
  }

  @Test
  void tells_of_a_file_that_is_too_large() throws IOException {
    write("engineroom.yaml", "#".repeat(YamlFile.BYTES_MAX + 1));
    assertThat(mistakes()).contains("engineroom.yaml: The file is larger than 1 MiB. Divide it.");
  }

  @Test
  void tells_of_a_file_that_is_not_utf_8() throws IOException {
    Files.write(
        folder.resolve("engineroom.yaml"), "name: Caf\u00e9".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(mistakes())
        .contains("engineroom.yaml: The file can't be read. It must be there, and be UTF-8.");
  }

  @Test
  void tells_of_more_entities_than_one_app_may_have() throws IOException {
    var text = new StringBuilder("engineroom: 1\nname: Many\nentities:\n");
    for (int i = 0; i <= ModelReader.ENTITIES_MAX; i++) {
      text.append("  e").append(i).append(": { fields: { name: text } }\n");
    }
    write("engineroom.yaml", text.toString());
    assertThat(mistakes())
        .containsExactly(
            "engineroom.yaml:1:1: The app has more than 500 entities. Divide it into apps.",
            "  1 | engineroom: 1",
            "    | ^");
  }

  @Test
  void shows_of_a_long_line_what_is_around_the_mistake() throws IOException {
    write("engineroom.yaml", "name: Shop\n# " + "x".repeat(100) + "\nnmae: " + "y".repeat(500));
    var mistake = new Mistake(Path.of("engineroom.yaml"), 3, 300, "Wrong.", null);
    assertThat(Excerpt.of(folder, mistake))
        .containsExactly(
            "engineroom.yaml:3:300: Wrong.",
            "  3 | " + "y".repeat(120),
            "    | " + " ".repeat(60) + "^");
  }

  private static List<Path> examples() throws IOException {
    try (var files = Files.list(GOLDEN)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }

  private static Path expected(Path file) {
    return file.resolveSibling(name(file).replace(".yaml", ".expected"));
  }

  private void compare(Path file) throws IOException {
    var app = Files.createDirectory(folder.resolve(name(file).replace(".yaml", "")));
    unpack(app, Files.readString(file));
    var told = mistakes(app);
    if ("write".equals(System.getProperty("golden"))) {
      Files.writeString(expected(file), String.join("\n", told) + "\n");
    }
    assertThat(told).isNotEmpty().isEqualTo(Files.readAllLines(expected(file)));
  }

  private static void unpack(Path app, String text) throws IOException {
    var name = "engineroom.yaml";
    int at = 0;
    var matcher = FILE.matcher(text);
    while (matcher.find()) {
      write(app, name, text.substring(at, matcher.start()));
      name = matcher.group(1).strip();
      at = matcher.end();
    }
    write(app, name, text.substring(at));
  }

  private void write(String name, String text) throws IOException {
    write(folder, name, text);
  }

  private static void write(Path app, String name, String text) throws IOException {
    var file = app.resolve(name);
    var parent = file.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    Files.writeString(file, text);
  }

  private List<String> mistakes() {
    return mistakes(folder);
  }

  private static List<String> mistakes(Path app) {
    return switch (ModelReader.read(app, ENVIRONMENT, new SchemaCheck())) {
      case Reading.Good _ -> List.of();
      case Reading.Bad(var mistakes) ->
          mistakes.stream().flatMap(mistake -> Excerpt.of(app, mistake).stream()).toList();
    };
  }

  /// A line without its place and with a dot for whatever an owner may have written.
  private static String kind(String line, Set<String> owners) {
    var message = line.replaceFirst("^[^ ]+: ", "");
    var kind = new ArrayList<String>();
    for (var word : message.split(" ", -1)) {
      boolean owner =
          word.matches(".*\\d.*")
              || WORD.matcher(word).results().anyMatch(w -> owners.contains(w.group()));
      if (!owner) {
        kind.add(word);
      } else if (kind.isEmpty() || !kind.getLast().equals("·")) {
        kind.add("·");
      }
    }
    return String.join(" ", kind);
  }
}
