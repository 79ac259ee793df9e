package engineroom.testkit;

import engineroom.testkit.Scenario.Answer;
import engineroom.testkit.Scenario.Request;
import engineroom.testkit.Scenario.Step;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Reads scenarios from text:
///
/// ```
/// ## somebody may write what is theirs
/// as user ann staff
/// POST /api/items
/// Content-Type: application/json
///
/// {"name": "Tea"}
/// => 201
/// Location: /api/items/<id:1>
///
/// {"id": "<id:1>", "name": "Tea"}
/// changes:
/// item created name
/// ```
///
/// A scenario may have many steps; `as` holds until the next one and is `guest` at first. Without
/// `changes:` nothing may change. Lines that start with `#` between steps are for people.
public final class ScenarioReader {
  private static final Pattern REQUEST = Pattern.compile("[A-Z]+ /\\S*.*");
  private static final Pattern CALLER = Pattern.compile("guest|admin|user \\S+.*");

  private final String name;
  private final List<String> lines;
  private int at;
  private String caller = "guest";

  private ScenarioReader(String name, String text) {
    this.name = name;
    this.lines = text.lines().map(String::stripTrailing).toList();
  }

  /// Every scenario of the files `*.scenario` below a folder, in order of their names.
  public static List<Scenario> read(Path folder) {
    try (var files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".scenario"))
          .sorted()
          .flatMap(file -> parse(folder.relativize(file).toString(), text(file)).stream())
          .toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// The scenarios of one text.
  ///
  /// @param name of the file, for messages
  public static List<Scenario> parse(String name, String text) {
    return new ScenarioReader(name, text).scenarios();
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private List<Scenario> scenarios() {
    var scenarios = new ArrayList<Scenario>();
    skipRemarks();
    while (at < lines.size()) {
      if (!line().startsWith("## ")) {
        throw mistake("a scenario begins with `## title`");
      }
      var place = place();
      var title = lines.get(at++).substring(3).strip();
      scenarios.add(new Scenario(title, place, steps()));
    }
    return scenarios;
  }

  private List<Step> steps() {
    caller = "guest";
    var steps = new ArrayList<Step>();
    skipRemarks();
    while (at < lines.size() && !line().startsWith("## ")) {
      steps.add(step());
      skipRemarks();
    }
    if (steps.isEmpty()) {
      throw mistake("a scenario needs a request such as `GET /api/items`");
    }
    return steps;
  }

  private Step step() {
    if (line().startsWith("as ")) {
      caller = lines.get(at).substring(3).strip();
      if (!CALLER.matcher(caller).matches()) {
        throw mistake("a caller is `guest`, `admin` or `user name roles…`");
      }
      at++;
      skipRemarks();
    }
    if (!REQUEST.matcher(line()).matches()) {
      throw mistake("a request is a method and a path, as `GET /api/items`");
    }
    var place = place();
    var words = lines.get(at++).split(" ", 2);
    var headers = headers();
    var request = new Request(caller, words[0], words[1].strip(), headers, body());
    return new Step(place, caller, request, answer(), changes());
  }

  private Answer answer() {
    if (!line().matches("=> \\d{3}")) {
      throw mistake("the answer begins with its status, as `=> 200`");
    }
    int status = Integer.parseInt(lines.get(at++).substring(3));
    var headers = headers();
    return new Answer(status, headers, body());
  }

  private Map<String, String> headers() {
    var headers = new LinkedHashMap<String, String>();
    while (line().matches("[A-Za-z][\\w-]*: .*")) {
      var parts = lines.get(at++).split(": ", 2);
      headers.put(parts[0], parts[1]);
    }
    return headers;
  }

  private String body() {
    var body = new StringBuilder();
    while (at < lines.size() && !ends(line())) {
      body.append(lines.get(at++)).append('\n');
    }
    return body.toString().strip();
  }

  private static boolean ends(String line) {
    return line.startsWith("=> ")
        || line.equals("changes:")
        || line.startsWith("#")
        || line.startsWith("as ")
        || REQUEST.matcher(line).matches();
  }

  private List<String> changes() {
    var changes = new ArrayList<String>();
    if (line().equals("changes:")) {
      at++;
      while (!line().isEmpty() && !ends(line())) {
        changes.add(lines.get(at++).strip());
      }
    }
    return changes;
  }

  private void skipRemarks() {
    while (at < lines.size()
        && (line().isEmpty() || (line().startsWith("#") && !line().startsWith("## ")))) {
      at++;
    }
  }

  private String line() {
    return at < lines.size() ? lines.get(at) : "";
  }

  private String place() {
    return name + ":" + (at + 1);
  }

  private IllegalArgumentException mistake(String rule) {
    return new IllegalArgumentException(place() + ": " + rule + ", found `" + line() + "`");
  }
}
