package engineroom.door.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.http.Response;
import engineroom.http.Response.Body.Bytes;
import engineroom.http.Sent;
import engineroom.mail.Bureau;
import engineroom.mail.Inbox;
import engineroom.mail.Posting;
import engineroom.operation.Call;
import engineroom.operation.Caller;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InboxDoorTest {
  private static final String LINK = "https://shop.example.org/x?token=secret&a=1";
  private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");
  private static final String LIST = "/dev/inbox/messages";

  @TempDir Path folder;
  private InboxDoor door;

  @BeforeEach
  void open() throws Exception {
    var bureau = new Bureau(folder, Posting.SHOW).write(Bureau.confirmation(LINK));
    door = new InboxDoor(new Inbox(bureau::served), _ -> Response.empty(299));
  }

  private Response ask(String path, Caller caller, String address, Map<String, String> headers) {
    var all = new HashMap<>(headers);
    all.putIfAbsent("Host", "localhost:8080");
    var call = new Call(caller, Instant.EPOCH, "GET", address, "r1", Duration.ofSeconds(5));
    return new Sent("GET", path, all, "").to(door, call);
  }

  private Response here(String path) {
    return ask(path, Caller.Guest.GUEST, "127.0.0.1", Map.of());
  }

  private static String text(Response answer) {
    return answer.body() instanceof Bytes(var bytes)
        ? new String(bytes, StandardCharsets.UTF_8)
        : "";
  }

  @Test
  void lists_mails_and_shows_one_whole() {
    var list = text(here(LIST));
    assertThat(list)
        .contains("\"to\":\"Ann <ann@example.org>\"")
        .contains("\"subject\":\"Confirm your e-mail address for Shop\"")
        .doesNotContain("secret");
    var id = ID.matcher(list);
    assertThat(id.find()).isTrue();
    var mail = here(LIST + "/" + id.group(1));
    assertThat(text(mail)).contains(LINK).contains("<!doctype html>").contains("Message-ID: <");
    assertThat(mail.headers()).containsEntry("Cache-Control", "no-store");
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.8.9.10", "0:0:0:0:0:0:0:1", "::1"})
  void shows_mails_to_this_machine(String address) {
    assertThat(ask(LIST, Caller.Guest.GUEST, address, Map.of()).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"192.168.1.7", "8.8.8.8", "fe80::1", "localhost", "", "evil.example"})
  void shows_none_to_other_machines(String address) {
    assertThat(ask(LIST, Caller.Guest.GUEST, address, Map.of()).status()).isEqualTo(401);
    assertThat(ask("/dev/inbox", Caller.Guest.GUEST, address, Map.of()).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "Host, evil.example",
    "Host, evil.example:8080",
    "Host, localhost.evil.example",
    "Host, 192.168.1.7:8080",
    "Origin, https://evil.example",
    "Origin, http://localhost:3000",
    "Sec-Fetch-Site, cross-site",
    "Sec-Fetch-Site, same-site",
    "X-Forwarded-For, 8.8.8.8",
    "Forwarded, for=8.8.8.8",
    "Via, 1.1 proxy"
  })
  void shows_none_to_a_site_or_a_proxy_on_this_machine(String header, String value) {
    var headers = Map.of(header, value);
    assertThat(ask(LIST, Caller.Guest.GUEST, "127.0.0.1", headers).status()).isEqualTo(401);
  }

  @Test
  void shows_mails_to_administrators_anywhere() {
    var headers = Map.of("Host", "shop.example");
    var administrator = Caller.Administrator.ADMINISTRATOR;
    assertThat(ask(LIST, administrator, "192.168.1.7", headers).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/dev/inbox/messages/x", "/dev/inbox/messages/", "/dev/inbox/../x"})
  void there_is_no_other_mail_or_path(String path) {
    assertThat(here(path).status()).isEqualTo(404);
  }

  @Test
  void is_only_read() {
    var call = Call.internal(Instant.EPOCH);
    assertThat(new Sent("POST", LIST, Map.of(), "").to(door, call).status()).isEqualTo(405);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/dev", "/dev/inboxes", "/api/notes"})
  void leaves_everything_else_to_the_other_doors(String path) {
    assertThat(here(path).status()).isEqualTo(299);
  }

  @Test
  void the_page_may_load_nothing_from_elsewhere() {
    var page = here("/dev/inbox");
    assertThat(page.headers().get("Content-Security-Policy"))
        .startsWith("default-src 'none'; script-src 'self';")
        .contains("frame-ancestors 'none'", "require-trusted-types-for 'script'")
        .doesNotContain("http", "unsafe-eval");
    assertThat(text(page)).doesNotContain("//").contains("/dev/inbox/inbox.js");
    assertThat(here("/dev/inbox/inbox.js").headers().get("Content-Type")).contains("javascript");
    assertThat(here("/dev/inbox/inbox.css").headers().get("Content-Type")).contains("css");
  }
}
