package engineroom.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The list of parts that the program's jar carries.
final class PartsTest {
  private static final String LIST = "/META-INF/sbom/engineroom.cdx.json";
  private static final Path ROOT = Path.of(System.getProperty("engineroom.root", ".."));
  private static final Pattern PART = Pattern.compile("\"purl\" : \"pkg:maven/([^@]+)@([^?\"]+)");
  private static final Pattern DEPENDENCY =
      Pattern.compile("(?s)<dependency>(.*?)</dependency>", Pattern.MULTILINE);

  private String list = "";

  @BeforeEach
  void read() throws IOException {
    try (var in = PartsTest.class.getResourceAsStream(LIST)) {
      assumeTrue(in != null, "no list of parts: builds with -Dfast leave it out");
      list = in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private Set<String> listed() {
    return PART.matcher(list)
        .results()
        .map(part -> part.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String tag(String dependency, String tag) {
    var found = Pattern.compile("<" + tag + ">([^<]+)</" + tag + ">").matcher(dependency);
    return found.find() ? found.group(1) : "";
  }

  @Test
  void names_every_library_that_the_program_asks_for() throws IOException {
    var asked = new TreeSet<String>();
    for (var module : List.of("core", "stores", "server")) {
      var pom = Files.readString(ROOT.resolve(module).resolve("pom.xml"));
      DEPENDENCY
          .matcher(pom)
          .results()
          .map(match -> match.group(1))
          .filter(dependency -> Set.of("", "compile", "runtime").contains(tag(dependency, "scope")))
          .filter(dependency -> !tag(dependency, "groupId").startsWith("${"))
          .forEach(d -> asked.add(tag(d, "groupId") + "/" + tag(d, "artifactId")));
    }
    assertThat(asked).hasSizeGreaterThan(10);
    assertThat(listed()).containsAll(asked);
  }

  @Test
  void there_are_times_for_each_severity() throws IOException {
    var policy = Files.readString(ROOT.resolve("SECURITY.md"));
    for (var severity : List.of("critical", "high", "medium", "low")) {
      assertThat(policy).containsPattern("\\| " + severity + "[^|]*\\| [0-9]+ days");
    }
  }

  @Test
  void names_no_library_of_tests() {
    assertThat(listed())
        .isNotEmpty()
        .noneMatch(part -> part.matches(".*(junit|assertj|archunit).*"));
  }

  @Test
  void says_under_which_licence_each_part_comes() {
    var parts = list.substring(list.indexOf("\"components\" : [", list.indexOf("\"component\" :")));
    var listed = parts.split("\"bom-ref\" :", -1);
    assertThat(listed.length).isGreaterThan(10);
    for (var i = 1; i < listed.length && !listed[i].contains("\"dependsOn\""); i++) {
      if (!listed[i].contains("pkg:maven/engineroom/")) {
        assertThat(listed[i]).contains("\"licenses\" : [");
      }
    }
  }
}
