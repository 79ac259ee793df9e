package engineroom.server;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.app.App;
import engineroom.door.inbox.Browser;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// GraphiQL as somebody uses it who signed in with a cookie, in Chromium. Skipped, and said so,
/// where there is none.
final class GraphiqlSessionTest {
  private static final String MODEL =
      """
      engineroom: 1
      name: App
      accounts: { confirm: optional }
      entities:
        thing: { fields: { name: text, owner: { type: user, set: caller.id } },
                 access: { read: owner == caller.id, create: caller.signedIn } }
      """;

  private static final String ACCOUNT =
      "{email:'ann@example.org',login:'ann@example.org',password:'quiet river under a bridge'}";
  private static final String SESSION =
      ACCOUNT.replace("{email:'ann@example.org',", "{session:'cookie',");
  private static final String SIGN_UP = ACCOUNT.replace("login:'ann@example.org',", "");

  @TempDir private Path folder;
  @TempDir private Path profile;
  private Browser browser;
  private App.Running running;

  @BeforeEach
  void start() throws Exception {
    browser = Browser.open(profile);
    Files.writeString(folder.resolve("engineroom.yaml"), MODEL);
    running = Started.in(folder);
  }

  @AfterEach
  void stop() {
    if (running != null) {
      running.close();
      browser.close();
    }
  }

  /// The status of a POST by a script of the page.
  private String post(String path, String body, String headers) throws Exception {
    browser.value(
        """
        delete document.body.dataset.status;
        fetch('%s', {method: 'POST', body: JSON.stringify(%s),
          headers: {'Content-Type': 'application/json', %s}})
          .then(answer => { document.body.dataset.status = String(answer.status); })
        """
            .formatted(path, body, headers)
            .replace("\n", " "));
    browser.until("document.body.dataset.status");
    return browser.value("document.body.dataset.status");
  }

  private String post(String path, String body) throws Exception {
    return post(path, body, "'X-Requested-With': 'engineroom'");
  }

  /// Types a document, presses the button, and waits for a text in the answer.
  private void ask(String document, String text) throws Exception {
    browser.value(
        "document.querySelector('.graphiql-query-editor .CodeMirror').CodeMirror.setValue('%s')"
            .formatted(document));
    browser.value("document.querySelector('.graphiql-execute-button').click()");
    browser.until(
        "document.querySelector('.result-window').innerText.includes('%s')".formatted(text));
  }

  @Test
  void asks_and_changes_in_the_name_of_whoever_signed_in_by_cookie() throws Exception {
    var address = "http://localhost:" + running.port() + "/graphql";
    browser.go(address);
    assertThat(post("/auth/sign-up", SIGN_UP)).startsWith("20");
    assertThat(post("/auth/sign-in", SESSION)).isEqualTo("200");
    browser.go(address);
    browser.until("document.querySelector('.graphiql-query-editor .CodeMirror')");
    assertThat(browser.value("document.cookie")).as("what scripts see").isEmpty();
    ask("mutation { createThing(input: {name: \"kettle\"}) { name version } }", "\"version\": ");
    ask("{ seen: things { name owner { id } } }", "\"seen\"");
    assertThat(browser.value("document.querySelector('.result-window').innerText"))
        .contains("kettle", "owner");
    browser.picture("graphiql-session");
    var query = "{query: '{ things { name } }'}";
    assertThat(post("/graphql", query)).isEqualTo("200");
    assertThat(post("/graphql", query, "")).as("without what forms can't send").isEqualTo("403");
    assertThat(post("/auth/sign-out", "{}")).startsWith("20");
    ask("mutation { createThing(input: {name: \"pan\"}) { name } }", "\"code\"");
    assertThat(browser.value("document.querySelector('.result-window').innerText"))
        .doesNotContain("data");
  }
}
