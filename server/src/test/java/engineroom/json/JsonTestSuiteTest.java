package engineroom.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import engineroom.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Nicolas Seriot's JSONTestSuite: what must be read is read, what must be refused is refused, and
/// what is left to us stays as it is.
class JsonTestSuiteTest {
  private static final Path SUITE =
      Path.of(
          System.getProperty("engineroom.root", "."),
          "../shared/data/json-test-suite/test_parsing");

  /// The two that the suite lets pass and we do not: a member twice.
  private static final Set<String> STRICTER =
      Set.of("y_object_duplicated_key.json", "y_object_duplicated_key_and_value.json");

  /// Of what RFC 8259 leaves open, the texts that we read: numbers, whose range is decided by the
  /// field that takes them.
  private static final Set<String> READ =
      Set.of(
          "i_number_double_huge_neg_exp.json",
          "i_number_neg_int_huge_exp.json",
          "i_number_pos_double_huge_exp.json",
          "i_number_real_neg_overflow.json",
          "i_number_real_pos_overflow.json",
          "i_number_real_underflow.json",
          "i_number_too_big_neg_int.json",
          "i_number_too_big_pos_int.json",
          "i_number_very_big_negative_int.json");

  @Test
  void reads_and_refuses_what_the_suite_says() throws IOException {
    assumeTrue(Files.isDirectory(SUITE), "the JSONTestSuite is not at " + SUITE);
    List<String> wrong = new ArrayList<>();
    var open = new TreeSet<String>();
    int count = 0;
    try (var files = Files.newDirectoryStream(SUITE, "*.json")) {
      for (var file : files) {
        var name = file.getFileName().toString();
        boolean read = reads(Files.readAllBytes(file));
        boolean expected = name.startsWith("y_") && !STRICTER.contains(name);
        if (name.startsWith("i_") && read) {
          open.add(name);
        } else if (!name.startsWith("i_") && read != expected) {
          wrong.add(name);
        }
        count++;
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(open).isEqualTo(new TreeSet<>(READ));
    assertThat(count).isGreaterThan(300);
  }

  private static boolean reads(byte[] bytes) {
    try {
      JsonReader.read(bytes, JsonLimits.defaults());
      return true;
    } catch (ProblemException refused) {
      return false;
    }
  }
}
