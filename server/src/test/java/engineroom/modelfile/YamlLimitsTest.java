package engineroom.modelfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Files that would exhaust a careless reader are refused with a place, quickly.
@Timeout(10)
class YamlLimitsTest {
  @TempDir Path folder;

  @Test
  void leaves_to_the_file_reader_what_the_stack_carries() throws IOException {
    assertThat(told(nested(YamlLimits.DEPTH_MAX)))
        .containsExactly("a.yaml:1:42: This is nested more than 40 deep.");
    assertThat(told(nested(YamlLimits.DEPTH_MAX + 1)))
        .containsExactly("a.yaml:1:201: This is nested more than 200 deep. Flatten it.");
  }

  @Test
  void refuses_depth_without_using_the_stack() throws IOException {
    for (var opening : List.of("[", "{a: ", "- ", "? ")) {
      assertThat(told(opening.repeat(100_000)))
          .as(opening)
          .singleElement()
          .asString()
          .endsWith("This is nested more than 200 deep. Flatten it.");
    }
  }

  @Test
  void refuses_an_alias_within_what_it_repeats() throws IOException {
    assertThat(told("a: &a [*a, *a]"))
        .containsExactly(
            "a.yaml:1:8: The alias *a stands within what it repeats. Write out what is meant.");
  }

  @Test
  void counts_what_aliases_repeat() throws IOException {
    var many = "x, ".repeat(1_000);
    var times = YamlLimits.PARTS_MAX / 1_001 / 15;
    assertThat(told("a: &a [" + many + "]\nb: [" + "*a, ".repeat(10) + "]")).isEmpty();
    assertThat(
            told(
                "a: &a ["
                    + many
                    + "]\nb: &b ["
                    + "*a, ".repeat(15)
                    + "]\nc: ["
                    + "*b, ".repeat(times + 1)
                    + "]"))
        .singleElement()
        .asString()
        .startsWith("a.yaml:3:")
        .contains("more than 200000 parts");
  }

  @Test
  void takes_an_alias_of_a_part_that_has_ended() throws IOException {
    assertThat(told("a: &a {b: 1}\nc: *a\nd: &e 5\nf: *e")).isEmpty();
  }

  private static String nested(int depth) {
    return "[".repeat(depth) + "]".repeat(depth);
  }

  private List<String> told(String text) throws IOException {
    Files.writeString(folder.resolve("a.yaml"), text);
    var mistakes = new Mistakes();
    YamlFile.read(folder, folder.resolve("a.yaml"), mistakes);
    return mistakes.list().stream().map(Mistake::toString).toList();
  }
}
