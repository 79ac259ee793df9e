package engineroom.access;

import engineroom.access.Doors.Sent;
import engineroom.app.AccessWork.TestResult;
import engineroom.http.Handler;
import engineroom.json.Json;
import engineroom.json.JsonWriter;
import engineroom.model.Model;
import engineroom.modelfile.AccessFile;
import engineroom.modelfile.AccessFile.Expected;
import engineroom.modelfile.AccessFile.Shown;
import engineroom.modelfile.AccessFile.Test;
import engineroom.modelfile.AccessFile.User;
import engineroom.modelfile.AccessFile.Wish;
import engineroom.operation.Caller;
import engineroom.problem.ProblemException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Runs the tests of one file against an app that has its rows.
public final class AccessTester {
  private static final String LIMIT = "limit=500";
  private static final Set<String> BY_RULE = Set.of("rule", "field", "reference", "no-row");

  private final Model model;
  private final AccessFile file;
  private final Doors doors;
  private final BiFunction<String, Set<String>, Caller> users;

  /// @param users somebody signed in, by id and roles
  public AccessTester(
      Model model, AccessFile file, Handler doors, BiFunction<String, Set<String>, Caller> users) {
    this.model = model;
    this.file = file;
    this.doors = new Doors(doors, InstantSource.system());
    this.users = users;
  }

  /// What came of a test.
  public TestResult run(Test test) {
    var failures = new ArrayList<String>();
    for (var expected : test.expected()) {
      switch (expected) {
        case Expected.Sees sees -> sees(test, sees, failures);
        case Expected.Fields fields -> fields(test, fields, failures);
        case Expected.Does does -> does(test, does, failures);
      }
    }
    return new TestResult(test.spot().toString(), test.name(), failures);
  }

  private Caller caller(Test test) {
    var user = file.users().get(test.as());
    if (user != null) {
      return users.apply(user.id(), user.roles());
    }
    return test.as().equals("guest")
        ? Caller.Guest.GUEST
        : users.apply("", Set.of(test.as().substring("role:".length())));
  }

  /// As `explain=access` takes it.
  private String as(Test test) {
    User user = file.users().get(test.as());
    return user == null
        ? test.as()
        : user.id()
            + user.roles().stream().map(role -> ",role:" + role).collect(Collectors.joining());
  }

  private String path(String entity) {
    return "/api/" + model.entity(entity).plural();
  }

  private void sees(Test test, Expected.Sees sees, List<String> failures) {
    var seen = new TreeSet<String>();
    for (var row : rows(caller(test), sees.entity())) {
      seen.add(name(sees.entity(), ReportText.member(row, "id")));
    }
    if (seen.equals(new TreeSet<>(sees.rows()))) {
      return;
    }
    fail(sees, listed(sees.rows()), listed(seen), failures);
    for (var fixture : file.rows()) {
      boolean odd =
          fixture.entity().equals(sees.entity())
              && seen.contains(fixture.name()) != sees.rows().contains(fixture.name());
      if (odd) {
        failures.add("  " + fixture.name() + ":");
        var path = path(sees.entity()) + "/" + plain(fixture.id());
        var report = explained(test, "GET", path, null);
        ReportText.rules(report).forEach(line -> failures.add("    " + line));
      }
    }
  }

  private static String listed(Set<String> names) {
    return names.isEmpty() ? "none" : String.join(", ", names);
  }

  /// The rows that somebody sees; none where they may read none.
  private List<Json> rows(Caller caller, String entity) {
    try {
      return ReportText.elements(
          doors.ask(caller, new Sent("GET", path(entity), LIMIT, null)), "data");
    } catch (ProblemException _) {
      return List.of(); // whoever may read nothing sees nothing
    }
  }

  private String name(String entity, @Nullable Json id) {
    return file.rows().stream()
        .filter(
            row -> row.entity().equals(entity) && id != null && plain(row.id()).equals(plain(id)))
        .map(row -> row.name())
        .findFirst()
        .orElseGet(() -> id == null ? "?" : plain(id));
  }

  private static String plain(Json id) {
    return id instanceof Json.Text(var text) ? text : JsonWriter.text(id);
  }

  private void fields(Test test, Expected.Fields fields, List<String> failures) {
    var whole =
        rows(Caller.Administrator.ADMINISTRATOR, fields.entity()).stream()
            .collect(Collectors.toMap(row -> id(row), row -> row, (a, _) -> a));
    var seen = rows(caller(test), fields.entity());
    for (var field : fields.names()) {
      var telling = seen.stream().filter(row -> has(whole.get(id(row)), field)).toList();
      if (telling.isEmpty()) {
        var want = "a visible row with a value of " + field + ", so that it can be told";
        fail(fields, want, "none of " + seen.size() + " visible rows has one", failures);
      }
      for (var row : telling) {
        if (has(row, field) != (fields.shown() == Shown.YES)) {
          wrong(test, fields, row, field, failures);
        }
      }
    }
  }

  private static String id(Json row) {
    var id = ReportText.member(row, "id");
    return id == null ? "" : plain(id);
  }

  private static boolean has(@Nullable Json row, String field) {
    var value = ReportText.member(row, field);
    return value != null && value != Json.Null.NULL;
  }

  private void wrong(
      Test test, Expected.Fields fields, Json row, String field, List<String> failures) {
    boolean wanted = fields.shown() == Shown.YES;
    var of = field + " of " + name(fields.entity(), ReportText.member(row, "id"));
    fail(fields, of + (wanted ? " shown" : " hidden"), wanted ? "hidden" : "shown", failures);
    var report = explained(test, "GET", path(fields.entity()) + "/" + id(row), null);
    var rule =
        ReportText.member(
            ReportText.member(ReportText.member(report, "fields"), field), "readRule");
    if (rule != null) {
      failures.add("  read " + fields.entity() + "." + field);
      ReportText.trace(rule, "    ", failures);
    }
  }

  private void does(Test test, Expected.Does does, List<String> failures) {
    var method =
        switch (does.verb()) {
          case "read" -> "GET";
          case "create" -> "POST";
          case "update" -> "PATCH";
          default -> "DELETE";
        };
    var base = path(does.entity());
    var path = does.id() == Json.Null.NULL ? base : base + "/" + plain(does.id());
    boolean sends = method.equals("POST") || method.equals("PATCH");
    var report = explained(test, method, path, sends ? does.values() : null);
    boolean allowed = ReportText.allowed(report);
    boolean refusedByRule =
        BY_RULE.contains(ReportText.text(ReportText.member(report, "verdict"), "stage"));
    if (does.wish() == Wish.MAY ? allowed : refusedByRule) {
      return;
    }
    var wanted = does.wish() == Wish.MAY ? "allowed" : "refused by a rule";
    fail(does, wanted, ReportText.verdict(report), failures);
    ReportText.rules(report).forEach(line -> failures.add("  " + line));
  }

  /// The door's own report on a request that the test's caller would send.
  private Json explained(Test test, String method, String path, @Nullable Json body) {
    var query = "explain=access&as=" + as(test);
    try {
      return doors.ask(Caller.Administrator.ADMINISTRATOR, new Sent(method, path, query, body));
    } catch (ProblemException e) {
      return new Json.Obj(
          Map.of(
              "verdict",
              new Json.Obj(
                  Map.of(
                      "allowed", new Json.Bool(false),
                      "stage", new Json.Text("other"),
                      "title", new Json.Text(e.problem().title())))));
    }
  }

  private static void fail(Expected expected, String wanted, String got, List<String> failures) {
    failures.add(expected.text());
    failures.add("  expected: " + wanted);
    failures.add("  got:      " + got);
  }
}
