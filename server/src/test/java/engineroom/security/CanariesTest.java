package engineroom.security;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.data.Value;
import engineroom.model.Entity;
import engineroom.records.Where;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A value that is found nowhere else stands in every field that is kept from somebody; all routes
/// are asked in every role, and none of it is in any answer.
class CanariesTest {
  private static final String ANN = "ann@example.org";
  private static final String STAFF = "sue@shop.example";
  private static final String CLERK = "cy@example.org";
  private static final String CHIEF = "dee@example.org";

  @TempDir Path folder;
  private Site site;
  private final Map<String, String> callers = new LinkedHashMap<>();

  @BeforeEach
  void open() {
    site = new Site(folder, Fort.MODEL);
    for (var email : List.of(ANN, STAFF, CLERK, CHIEF)) {
      site.member(email);
    }
    site.roles(CLERK, "clerk");
    site.roles(CHIEF, "chief");
    site.secondFactor(site.signIn(CHIEF).text("accessToken"));
    fill(ANN);
    fill(STAFF);
    site.as(
        Site.ADMIN,
        "POST",
        "/api/cabinets",
        "{\"label\":\"CANARY-LABEL\",\"quorvash\":\"CANARY-CQ\"}");
    site.as(Site.ADMIN, "POST", "/auth/invitations", "{\"email\":\"CANARY-INVITED@example.org\"}");
    site.post("/auth/magic-link", "{\"email\":\"" + ANN + "\"}");
    callers.put("guest", "");
    callers.put("ann", site.signIn(ANN).text("accessToken"));
    callers.put("staff", site.signIn(STAFF).text("accessToken"));
    callers.put("clerk", site.signIn(CLERK).text("accessToken"));
    callers.put("administrator", Site.ADMIN);
    var wish = "{\"name\":\"k\",\"scopes\":[\"note:read\"]}";
    callers.put(
        "key", site.as(callers.getOrDefault("ann", ""), "POST", "/auth/keys", wish).text("key"));
    var user = "{\"user\":\"" + site.id("user", "email", ANN) + "\"}";
    callers.put(
        "impersonator", site.as(Site.ADMIN, "POST", "/auth/impersonate", user).text("accessToken"));
    assertThat(callers).doesNotContainEntry("impersonator", "").doesNotContainEntry("key", "");
  }

  /// What one user has, with a canary in everything that they or others may not see.
  private void fill(String email) {
    var token = site.signIn(email).text("accessToken");
    var name = email.substring(0, 3).toUpperCase(Locale.ROOT);
    var id = site.id("user", "email", email);
    site.as(
        Site.ADMIN,
        "PATCH",
        "/api/users/" + id,
        "{\"quorvash\":\"CANARY-UQ-%s\",\"zandrill\":\"CANARY-UZ-%s\",\"nick\":\"CANARY-NICK-%s\"}"
            .formatted(name, name, name));
    var note =
        "{\"code\":\"%s\",\"text\":\"CANARY-TEXT-%s\",\"pin\":\"CANARY-PIN-%s\"}"
            .formatted(email, name, name);
    var body = "{\"title\":\"CANARY-TITLE-" + name + "\",\"notes\":[" + note + "]}";
    assertThat(site.as(token, "POST", "/api/folders", body).status()).isEqualTo(201);
    site.as(
        Site.ADMIN,
        "PATCH",
        "/api/notes/" + site.id("note", "code", email),
        "{\"quorvash\":\"CANARY-NQ-%s\",\"zandrill\":\"CANARY-NZ-%s\"}".formatted(name, name));
    var gone = "{\"code\":\"gone-" + name + "\",\"text\":\"CANARY-TEXT-" + name + "\"}";
    site.as(token, "POST", "/api/notes", gone);
    site.as(token, "DELETE", "/api/notes/" + site.id("note", "code", "gone-" + name), "");
  }

  /// What is nobody's to see: hashes, sealed secrets and the like, of whatever entity.
  private Set<String> never() {
    var all = new TreeSet<String>();
    site.model().entities().values().stream()
        .filter(entity -> !entity.name().equals("auditHead")) // administrators see its hash
        .forEach(entity -> all.addAll(secrets(entity)));
    all.removeIf(text -> text.length() < 12 || text.endsWith(".org") || text.endsWith(".example"));
    site.mails()
        .forEach(
            mail ->
                all.addAll(
                    mail.values().values().stream().filter(v -> v.startsWith("er_")).toList()));
    assertThat(all).hasSizeGreaterThan(20);
    all.add("CANARY-PIN"); // kept as a hash
    return all;
  }

  /// The texts of fields of an entity that nobody sees.
  private Set<String> secrets(Entity entity) {
    var texts = new TreeSet<String>();
    var rows = site.records().all(entity.name(), Where.ALL, 1_000);
    for (var field : entity.fields().values()) {
      var secret =
          field.traits().internal()
              || entity.access().whose() == Entity.Access.Whose.PROGRAM
              || field.name().equals("password");
      if (secret && !field.name().equals("kid")) { // which key signed is told everybody
        rows.forEach(row -> texts.add(text(row.value(field.name()))));
      }
    }
    return texts;
  }

  private static String text(Value value) {
    return value instanceof Value.Text(var text) ? text : "";
  }

  /// Words of which a caller may see none.
  private List<String> forbidden(String caller) {
    var words = new ArrayList<>(never());
    var house = List.of("CANARY-CQ", "CANARY-LABEL", "CANARY-UQ", "CANARY-INVITED");
    switch (caller) {
      case "administrator" -> {}
      case "guest" -> words.add("CANARY");
      case "staff" -> {
        words.addAll(house);
        words.addAll(List.of("CANARY-NQ", "-ANN"));
      }
      case "clerk" -> {
        words.addAll(house);
        words.addAll(List.of("CANARY-UZ", "CANARY-TITLE", "CANARY-NICK"));
      }
      default -> {
        words.addAll(house);
        words.addAll(List.of("CANARY-NQ", "CANARY-NZ", "CANARY-UZ", "-SUE"));
      }
    }
    return words;
  }

  private List<String> queries(Route route) {
    if (!route.of("/api/") || !route.safe()) {
      return List.of("");
    }
    var queries =
        new ArrayList<>(List.of("", "?count=exact&sort=-id", "?explain=plan", "?search=CANARY"));
    site.model()
        .findPlural(route.path().split("/", -1)[2])
        .ifPresent(
            entity -> {
              entity.lists().keySet().forEach(list -> queries.add("?expand=" + list));
              for (var name : entity.fields().keySet()) {
                queries.add("?expand=" + name);
                queries.add("?fields=" + name + "&sort=" + name);
                queries.add("?count&group=" + name);
              }
            });
    return queries;
  }

  private Set<String> ids(Route route) {
    var ids = new TreeSet<String>();
    if (!route.path().contains("{id}")) {
      return Set.of("none");
    }
    site.model()
        .findPlural(route.path().split("/", -1)[2])
        .ifPresent(
            entity ->
                site.records()
                    .all(entity.name(), Where.ALL, 100)
                    .forEach(
                        row -> {
                          if (row.id() instanceof Value.Uuid(var id)) {
                            ids.add(id.toString());
                          }
                        }));
    return ids;
  }

  @Test
  void no_route_that_reads_shows_what_is_kept_from_whoever_asks() {
    int seen = 0;
    for (var caller : callers.keySet()) {
      var forbidden = forbidden(caller);
      for (var route : site.routes()) {
        seen += route.safe() ? read(route, caller, forbidden) : 0;
      }
    }
    assertThat(seen).as("answers that show what may be seen").isGreaterThan(50);
  }

  /// How many answers of a route show a canary, all of them one that the caller may see.
  private int read(Route route, String caller, List<String> forbidden) {
    int seen = 0;
    for (var id : ids(route)) {
      for (var query : queries(route)) {
        var target = route.target(Map.of("id", id, "child", id, "version", "1")) + query;
        seen += read(route.method(), target, caller, forbidden);
      }
    }
    return seen;
  }

  private int read(String method, String target, String caller, List<String> forbidden) {
    int seen = 0;
    for (var type : List.of("application/json", "text/csv")) {
      var headers = new LinkedHashMap<>(Site.bearer(callers.getOrDefault(caller, "")));
      headers.put("Accept", type);
      var answer = site.send(method, target, headers, method.equals("QUERY") ? "{}" : "");
      nothing(forbidden, answer, caller + " " + method + " " + target);
      seen += answer.status() == 200 && answer.body().contains("CANARY") ? 1 : 0;
    }
    return seen;
  }

  private static void nothing(List<String> forbidden, Answer answer, String asked) {
    var text = answer.headers() + answer.body();
    for (var word : forbidden) {
      if (text.contains(word)) {
        throw new AssertionError(asked + " shows " + word);
      }
    }
  }

  @Test
  void no_answer_to_a_write_does() {
    for (var caller : callers.keySet()) {
      var forbidden = forbidden(caller);
      for (var route : site.routes()) {
        if (route.method().matches("PATCH|POST|PUT") && !route.of("/auth/")) {
          ids(route).forEach(id -> write(route, id, caller, forbidden));
        }
      }
    }
  }

  private void write(Route route, String id, String caller, List<String> forbidden) {
    var target = route.target(Map.of("id", id, "child", id, "version", "1"));
    var key = callers.getOrDefault(caller, "");
    for (var body : List.of("{}", "{\"code\":\"" + ANN + "\",\"text\":\"t\"}", "[{\"pin\":7}]")) {
      for (var query : List.of("", "?validate=only", "?by=code&onConflict=ignore")) {
        var answer = site.as(key, route.method(), target + query, body);
        nothing(forbidden, answer, caller + " " + route + query + body);
      }
    }
  }
}
