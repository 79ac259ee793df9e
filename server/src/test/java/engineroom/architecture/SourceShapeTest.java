package engineroom.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// How long files, methods and lines may be, and how full packages. Exceptions stand in
/// `shape-exceptions.txt`, each with its reason: `path: rule: reason`.
final class SourceShapeTest {
  private static final Path ROOT =
      Path.of(System.getProperty("engineroom.root", "..")).toAbsolutePath().normalize();
  private static final List<String> MODULES = List.of("core", "testkit", "stores", "server");
  private static final int MAIN_LINES_MAX = 400;
  private static final int TEST_LINES_MAX = 600;
  private static final int METHOD_LINES_MAX = 50;
  private static final int PARAMETERS_MAX = 5;
  private static final int WIRED_MAX = 7;
  private static final int NESTING_MAX = 3;
  private static final int COLUMNS_MAX = 100;
  private static final int COMMENT_COLUMNS_MAX = 120;
  private static final int TYPES_MAX = 25;
  private static final Pattern METHOD =
      Pattern.compile(
          "^( {2}| {4})(?!return|throw|new|else|case|if|for|while|try|switch)"
              + "[A-Za-z@<].*[)](?: throws [\\w., ]+)? \\{$|^( {2}| {4})\\S*\\) \\{$");

  @Test
  void source_keeps_its_shape() {
    var sources = sources();
    assertThat(sources).as("sources found under " + ROOT).hasSizeGreaterThan(60);
    var excepted = exceptions();
    var broken = new ArrayList<String>();
    sources.forEach(file -> inspect(file, broken));
    packages(sources, broken);
    broken.removeIf(line -> excepted.stream().anyMatch(line::startsWith));
    assertThat(broken).isEmpty();
  }

  @Test
  void every_exception_has_a_reason_and_a_file() {
    for (var line : exceptionLines()) {
      var parts = line.split(": ", 3);
      assertThat(parts).as(line).hasSize(3);
      assertThat(ROOT.resolve(parts[0])).as(line).exists();
    }
  }

  private static void inspect(Path file, List<String> broken) {
    var lines = read(file);
    var name = ROOT.relativize(file).toString();
    var max = name.contains("/src/test/") ? TEST_LINES_MAX : MAIN_LINES_MAX;
    if (lines.size() > max) {
      broken.add(name + ": file: has " + lines.size() + " lines, at most " + max);
    }
    braces(name, Braces.of(String.join("\n", lines)), broken);
    int start = -1;
    var indent = "";
    for (int i = 0; i < lines.size(); i++) {
      var line = lines.get(i);
      var comment = line.strip().startsWith("//");
      if (line.length() > (comment ? COMMENT_COLUMNS_MAX : COLUMNS_MAX)
          && !line.startsWith("import ")) {
        broken.add(name + ": line: " + (i + 1) + " has " + line.length() + " columns");
      }
      if (METHOD.matcher(line).matches()) {
        start = i;
        indent = line.substring(0, line.length() - line.stripLeading().length());
      } else if (start >= 0 && line.equals(indent + "}")) {
        if (i - start - 1 > METHOD_LINES_MAX) {
          broken.add(
              name + ": method: at line " + (start + 1) + " has " + (i - start - 1) + " lines");
        }
        start = -1;
      }
    }
  }

  private static void braces(String name, Braces braces, List<String> broken) {
    for (var declared : braces.declared()) {
      int max = declared.constructor() ? WIRED_MAX : PARAMETERS_MAX;
      if (declared.parameters() > max) {
        broken.add(
            "%s: parameters: %s at line %d has %d, at most %d"
                .formatted(name, declared.name(), declared.line(), declared.parameters(), max));
      }
    }
    for (int line : braces.deeperThan(NESTING_MAX)) {
      broken.add(name + ": nesting: line " + line + " is deeper than " + NESTING_MAX);
    }
  }

  @Test
  void counts_parameters_and_depth() {
    var source =
        """
        class Kettle {
          Kettle(int a, Map<String, List<Integer>> b) { this(a, b, "x(y, z"); }
          abstract <T> void pour(T a, int b, String... c) throws IOException;
          void boil() {
            for (var a : b) { if (a) { while (c) { try { d(1, 2); } finally { e(); } } } }
            run(() -> { if (a) { return new Kettle(a, b); } });
            switch (a) { case 1 -> { if (b) { c(); } } }
          }
        }
        """;
    assertThat(Braces.of(source).declared())
        .extracting(Braces.Declared::toString)
        .containsExactly(
            "Declared[line=2, name=Kettle, parameters=2]",
            "Declared[line=3, name=pour, parameters=3]",
            "Declared[line=4, name=boil, parameters=0]");
    assertThat(Braces.of(source).deeperThan(3)).containsExactly(5, 5);
    assertThat(Braces.of(source).deeperThan(1)).containsExactly(5, 5, 5, 5, 7);
  }

  private static void packages(List<Path> sources, List<String> broken) {
    var counts =
        sources.stream()
            .filter(file -> file.toString().contains("/src/main/"))
            .filter(file -> !file.endsWith("package-info.java"))
            .collect(Collectors.groupingBy(Path::getParent, TreeMap::new, Collectors.counting()));
    counts.forEach(
        (folder, types) -> {
          if (types > TYPES_MAX) {
            broken.add(ROOT.relativize(folder) + ": package: has " + types + " types");
          }
        });
  }

  private static List<Path> sources() {
    var found = new ArrayList<Path>();
    for (var module : MODULES) {
      try (var files = Files.walk(ROOT.resolve(module).resolve("src"))) {
        files.filter(file -> file.toString().endsWith(".java")).sorted().forEach(found::add);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return found;
  }

  /// The beginnings `path: rule:` of what is excepted.
  private static Set<String> exceptions() {
    var beginnings = new TreeSet<String>();
    for (var line : exceptionLines()) {
      beginnings.add(line.substring(0, line.indexOf(": ", line.indexOf(": ") + 2) + 1));
    }
    return beginnings;
  }

  private static List<String> exceptionLines() {
    var file = ROOT.resolve("shape-exceptions.txt");
    return read(file).stream().filter(l -> !l.isBlank() && !l.startsWith("#")).toList();
  }

  private static List<String> read(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
