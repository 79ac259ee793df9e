package engineroom.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the GraphQL door keeps from those who may not know it, and what it lets nobody do by
/// accident.
class GraphQlTest {
  private static final String ANN = "ann@example.org";

  /// Documents that name a field in every place where one can be named.
  private static final List<String> DOCUMENTS =
      List.of(
          "{ notes { %s } }",
          "{ notes(where: {%s: {eq: \"x\"}}) { id } }",
          "{ notes(where: {not: {or: [{%s: {isNull: true}}]}}) { id } }",
          "{ folders(where: {notes: {some: {%s: {like: \"x\"}}}}) { id } }",
          "{ notes(where: {by: {%s: {eq: \"x\"}}}) { id } }",
          "{ notes(sort: [{%s: ASC}]) { id } }",
          "{ folders { notes(sort: [{%s: DESC}]) { id } } }",
          "{ folders { notes { %s } } }",
          "{ notes { by { %s } } }",
          "{ notesPage(sort: [{%s: ASC}]) { nodes { id } } }",
          "{ notesPage { nodes { %s } } }",
          "{ notesSummary(group: [{%s: VALUE}]) { count } }",
          "{ notesSummary { max { %s } } }",
          "{ notesSummary { group { %s } } }",
          "{ notesSummary(having: {min: {%s: {eq: \"x\"}}}) { count } }",
          "{ notesSummary(sort: [{max: {%s: ASC}}]) { count } }",
          "mutation { createNote(input: {text: \"t\", %s: \"x\"}) { id } }",
          "mutation { createNote(input: {text: \"t\"}) { id %s } }",
          "mutation { updateNotes(where: {%s: {eq: \"x\"}}, input: {text: \"t\"}, max: 1) { count }"
              + " }",
          "mutation { updateNotes(where: {text: {eq: \"t\"}}, input: {%s: \"x\"}, max: 1) { count }"
              + " }",
          "mutation { createFolder(input: {title: \"f\", notes: {create: [{text: \"t\", %s:"
              + " \"x\"}]}}) { id } }",
          "mutation { upsertNote(by: %s, input: {text: \"t\"}) { id } }",
          "query Q($w: NoteWhere = {%s: {eq: \"x\"}}) { notes(where: $w) { id } }",
          "{ __type(name: \"%s\") { name } }");

  @TempDir Path folder;
  private Site site;
  private String ann = "";

  @BeforeEach
  void open() {
    site = new Site(folder, Fort.MODEL);
    site.member(ANN);
    ann = site.signIn(ANN).text("accessToken");
    site.as(ann, "POST", "/api/notes", "{\"text\":\"t\"}");
  }

  private Answer ask(String credential, String document) {
    return site.as(credential, "POST", "/graphql", body(document));
  }

  private static String body(String document) {
    return "{\"query\":\"" + document.replace("\"", "\\\"") + "\"}";
  }

  @Test
  void a_name_that_is_kept_from_a_caller_is_answered_as_one_that_is_nowhere() {
    for (var document : DOCUMENTS) {
      for (var hidden : List.of("quorvash", "zandrill")) {
        var kept = ask(ann, document.formatted(hidden)).body();
        var nowhere = ask(ann, document.formatted("qwyjibox")).body();
        assertThat(kept.replace(hidden, "qwyjibox")).as(document).isEqualTo(nowhere);
      }
    }
  }

  @Test
  void variables_name_no_hidden_field_either() {
    var document = "query Q($w: NoteWhere, $i: NoteCreate!) { notes(where: $w) { id } }";
    for (var hidden : List.of("quorvash", "zandrill")) {
      var variables = "{\"w\":{\"%s\":{\"eq\":\"x\"}},\"i\":{\"text\":\"t\"}}";
      var kept = sent(document, variables.formatted(hidden));
      assertThat(kept.replace(hidden, "qwyjibox"))
          .isEqualTo(sent(document, variables.formatted("qwyjibox")));
    }
  }

  private String sent(String document, String variables) {
    var body = body(document);
    var whole = body.substring(0, body.length() - 1) + ",\"variables\":" + variables + "}";
    return site.as(ann, "POST", "/graphql", whole).body();
  }

  @Test
  void no_schema_names_what_is_kept_from_its_reader() {
    for (var credential : List.of(ann, Site.ADMIN)) {
      var text = site.get(credential, "/graphql/schema").body();
      var told =
          ask(credential, "{ __schema { types { name fields { name } inputFields { name } } } }");
      assertThat(text).contains("type Note {").doesNotContain("pin: String\n}");
      for (var all : List.of(text, told.body())) {
        assertThat(all.contains("quorvash")).isEqualTo(credential.equals(Site.ADMIN));
        assertThat(all.contains("zandrill")).isEqualTo(credential.equals(Site.ADMIN));
        assertThat(all.contains("cabinets")).isEqualTo(credential.equals(Site.ADMIN));
      }
    }
  }

  @Test
  void a_key_for_reading_writes_nothing() {
    var wish = "{\"name\":\"k\",\"scopes\":[\"*:read\"]}";
    var key = site.as(ann, "POST", "/auth/keys", wish).text("key");
    var before = site.kept();
    for (var document :
        List.of(
            "mutation { createNote(input: {text: \"z\"}) { id } }",
            "mutation { updateNotes(where: {text: {eq: \"t\"}}, input: {text: \"z\"}, max: 5)"
                + " { count } }",
            "mutation { deleteNotes(where: {text: {eq: \"t\"}}, max: 5) { count } }")) {
      assertThat(ask(key, document).body()).contains("\"errors\"").doesNotContain("\"data\":{");
    }
    assertThat(ask(key, "{ notes { text } }").body())
        .isEqualTo("{\"data\":{\"notes\":[{\"text\":\"t\"}]}}");
    assertThat(withoutUse(site.kept())).isEqualTo(withoutUse(before));
  }

  /// That a key was used is kept, and no effect of what it asked.
  private static String withoutUse(String kept) {
    return kept.replaceAll("(?m)^(apiKey|session).*$", "$1");
  }

  @Test
  void a_page_of_another_origin_neither_reads_nor_writes_with_a_cookie() {
    var cookie = new HashMap<>(Site.cookie(site.browser(ANN)));
    var query = "/graphql?query=%7Bnotes%7Btext%7D%7D";
    assertThat(site.send("GET", query, Map.copyOf(cookie), "").status()).isEqualTo(200);
    cookie.remove("X-Requested-With");
    assertThat(site.send("GET", query, Map.copyOf(cookie), "").status()).isEqualTo(403);
    assertThat(
            site.send("POST", "/graphql", Map.copyOf(cookie), body("{ notes { text } }")).status())
        .isEqualTo(403);
  }

  @Test
  void a_get_writes_nothing() {
    var before = site.kept();
    var answer =
        site.get(
            ann, "/graphql?query=mutation%7BcreateNote(input%3A%7Btext%3A%22z%22%7D)%7Bid%7D%7D");
    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.headers()).containsEntry("Allow", "POST");
    assertThat(site.kept()).isEqualTo(before);
  }

  @Test
  void several_requests_are_not_sent_as_one() {
    var one = body("{ requestId }");
    assertThat(site.as(ann, "POST", "/graphql", "[" + one + "," + one + "]").status())
        .isEqualTo(400);
  }

  @Test
  void rows_of_others_are_not_there() {
    site.member("bob@example.org");
    var bob = site.signIn("bob@example.org").text("accessToken");
    var note = site.id("note", "text", "t");
    var documents = new ArrayList<String>();
    documents.add("{ note(id: \"" + note + "\") { text } }");
    documents.add("{ notes { text } }");
    documents.add("{ notesPage { totalCount } }");
    documents.add("{ notesSummary { count } }");
    assertThat(documents.stream().map(document -> ask(bob, document).body()))
        .containsExactly(
            "{\"data\":{\"note\":null}}",
            "{\"data\":{\"notes\":[]}}",
            "{\"data\":{\"notesPage\":{\"totalCount\":0}}}",
            "{\"data\":{\"notesSummary\":[{\"count\":0}]}}");
    var change = "mutation { updateNote(id: \"%s\", input: {text: \"z\"}) { id } }";
    var nothing = "01980000-0000-7000-8000-00000000dead";
    assertThat(ask(bob, change.formatted(note)).body())
        .isEqualTo(ask(bob, change.formatted(nothing)).body());
  }
}
