package engineroom.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// `docs/security.md` promises nothing that no test shows, and leaves nothing out.
class SecurityTableTest {
  private static final Path ROOT = Path.of(System.getProperty("engineroom.root", ".."));

  /// How many requirements each section of ASVS 5.0.0 has on levels 1 and 2, but for WebRTC.
  private static final String SECTIONS =
      "1.1:2 1.2:9 1.3:11 1.4:3 1.5:2 2.1:3 2.2:3 2.3:4 2.4:1 3.2:2 3.3:4 3.4:6 3.5:5 3.7:2 4.1:3"
          + " 4.2:1 4.3:2 4.4:4 5.1:1 5.2:3 5.3:2 5.4:3 6.1:3 6.2:12 6.3:4 6.4:4 6.5:5 6.6:3 6.8:4"
          + " 7.1:3 7.2:4 7.3:2 7.4:5 7.5:2 7.6:2 8.1:2 8.2:3 8.3:1 8.4:1 9.1:3 9.2:4 10.1:2 10.2:2"
          + " 10.3:4 10.4:11 10.5:5 10.6:2 10.7:3 11.1:2 11.2:3 11.3:3 11.4:4 11.5:1 11.6:1 12.1:3"
          + " 12.2:2 12.3:4 13.1:1 13.2:5 13.3:2 13.4:5 14.1:2 14.2:4 14.3:3 15.1:3 15.2:3 15.3:7"
          + " 16.1:1 16.2:5 16.3:4 16.4:3 16.5:3";

  /// How many defaults the project's own bar has under each letter.
  private static final String DEFAULTS = "A:11 B:11 C:5 D:8 F:11";

  private static final int PROOFS = 37;
  private static final Pattern ROW = Pattern.compile("^\\| ([A-Z]?-?[0-9.]+|E|G) \\|(.*)\\|$");
  private static final Pattern TEST = Pattern.compile("`([A-Z]\\w+(?:Test|Contract))(?:#(\\w+))?`");
  private static final Pattern COUNTS =
      Pattern.compile(
          "Of 253 requirements (\\d+) are met, (\\d+) are the operator's, (\\d+) don't apply and"
              + " (\\d+) are not met yet");

  private static final Map<String, String> SOURCES = new HashMap<>();
  private static final List<Line> LINES = new ArrayList<>();
  private static String text = "";

  /// A line of a table.
  private record Line(String number, String verdict, String shown) {
    private boolean requirement() {
      return number.contains(".");
    }
  }

  @BeforeAll
  static void read() throws IOException {
    text = Files.readString(ROOT.resolve("docs/security.md"));
    for (var line : text.lines().toList()) {
      var row = ROW.matcher(line);
      if (row.matches()) {
        var cells = row.group(2).split("\\|", -1);
        var verdict = cells[cells.length - 2].strip();
        LINES.add(new Line(row.group(1), verdict, cells[cells.length - 1].strip()));
      }
    }
    for (var module : List.of("core", "stores", "testkit", "server")) {
      try (var files = Files.walk(ROOT.resolve(module).resolve("src/test"))) {
        for (var file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
          var name = file.getFileName().toString().replace(".java", "");
          SOURCES.merge(name, Files.readString(file), String::concat);
        }
      }
    }
  }

  private static List<String> numbers(String sections, String between) {
    return Stream.of(sections.split(" ", -1))
        .map(section -> section.split(":", 2))
        .flatMap(
            part ->
                IntStream.rangeClosed(1, Integer.parseInt(part[1]))
                    .mapToObj(number -> part[0] + between + number))
        .toList();
  }

  @Test
  void every_requirement_is_there_once() {
    var wanted = numbers(SECTIONS, ".");
    assertThat(wanted).hasSize(246);
    assertThat(LINES.stream().filter(Line::requirement).map(Line::number))
        .containsExactlyElementsOf(wanted);
    assertThat(text).contains("| 17 | 2 |");
  }

  @Test
  void every_default_and_test_of_our_own_bar_is_there_once() {
    var wanted = new ArrayList<>(numbers(DEFAULTS, ""));
    wanted.addAll(List.of("E", "G"));
    IntStream.rangeClosed(1, PROOFS).forEach(number -> wanted.add("P-%02d".formatted(number)));
    var ours = LINES.stream().filter(line -> !line.requirement()).map(Line::number);
    assertThat(ours.filter(number -> !number.equals("17")))
        .containsExactlyInAnyOrderElementsOf(wanted);
  }

  @Test
  void what_is_met_names_tests_that_exist() {
    for (var line : LINES) {
      if (line.verdict().equals("met")) {
        assertThat(TEST.matcher(line.shown()).find()).as(line.toString()).isTrue();
      }
    }
    TEST.matcher(text)
        .results()
        .forEach(
            test -> {
              var source = SOURCES.get(test.group(1));
              assertThat(source).as(test.group()).isNotNull().contains("Test");
              if (test.group(2) != null) {
                assertThat(source).as(test.group()).contains(" void " + test.group(2) + "(");
              }
            });
  }

  @Test
  void every_verdict_is_one_of_four_and_has_a_reason() {
    for (var line : LINES) {
      assertThat(line.verdict()).as(line.toString()).isIn("met", "operator", "n/a", "not yet");
      assertThat(line.shown().length()).as(line.toString()).isGreaterThan(8);
    }
  }

  @Test
  void the_counts_are_right_and_no_line_is_too_long() {
    var told = COUNTS.matcher(text);
    assertThat(told.find()).isTrue();
    var verdicts = List.of("met", "operator", "n/a", "not yet");
    for (int i = 0; i < verdicts.size(); i++) {
      var verdict = verdicts.get(i);
      var webRtc = verdict.equals("n/a") ? 7 : 0;
      var counted =
          LINES.stream()
              .filter(line -> line.requirement() && line.verdict().equals(verdict))
              .count();
      assertThat(told.group(i + 1)).as(verdict).isEqualTo(Long.toString(counted + webRtc));
    }
    text.lines().forEach(line -> assertThat(line.length()).as(line).isLessThanOrEqualTo(160));
  }
}
