package engineroom.door.admin;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.http.Response;
import engineroom.http.Response.Body.Bytes;
import engineroom.http.Sent;
import engineroom.mail.Bureau;
import engineroom.mail.Posting;
import engineroom.operation.Call;
import engineroom.operation.Caller;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MailPathsTest {
  private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");
  private static final String NOBODY = "01a1fdfa-4600-7000-aec3-000000000000";

  @TempDir Path folder;
  private AdminDoor door;

  /// There are no backups here.
  private enum NoBackups implements Backups {
    NONE;

    @Override
    public One make() {
      throw new IllegalStateException("nobody asks for one");
    }

    @Override
    public All all() {
      return new All(List.of(), List.of(), null, null);
    }
  }

  @BeforeEach
  void open() throws Exception {
    var bureau = new Bureau(folder, Posting.SEND);
    bureau.write(Bureau.confirmation("https://shop.example.org/x?token=secret"));
    door = new AdminDoor(NoBackups.NONE, bureau::outbox, bureau::records);
  }

  private Response ask(String method, String target, Caller caller) {
    var call = Call.internal(Instant.EPOCH).by(caller);
    return new Sent(method, target, Map.of(), "").to(door, call);
  }

  private Response ask(String method, String target) {
    return ask(method, target, Caller.Administrator.ADMINISTRATOR);
  }

  private static String text(Response answer) {
    return answer.body() instanceof Bytes(var bytes)
        ? new String(bytes, StandardCharsets.UTF_8)
        : "";
  }

  @Test
  void lists_mails_by_status_without_what_they_say() {
    assertThat(text(ask("GET", "/admin/mail")))
        .contains("\"to\":\"ann@example.org\"", "\"status\":\"queued\"", "\"attempts\":0")
        .doesNotContain("secret");
    assertThat(text(ask("GET", "/admin/mail?status=queued"))).contains("ann@example.org");
    assertThat(text(ask("GET", "/admin/mail?status=failed"))).isEqualTo("{\"data\":[]}");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /admin/mail?status=lost, 400",
    "GET, /admin/mail?state=sent, 400",
    "POST, /admin/mail, 405",
    "GET, /admin/mail/" + NOBODY + "/resend, 405",
    "POST, /admin/mail/" + NOBODY + "/resend, 404",
    "POST, /admin/mail/x/resend, 404",
    "GET, /admin/mail/" + NOBODY + ", 404",
    "GET, /admin/mails, 404"
  })
  void answers_nothing_else(String method, String target, int status) {
    assertThat(ask(method, target).status()).isEqualTo(status);
  }

  @Test
  void a_mail_that_waits_is_not_sent_again() {
    var id = ID.matcher(text(ask("GET", "/admin/mail")));
    assertThat(id.find()).isTrue();
    var answer = ask("POST", "/admin/mail/" + id.group(1) + "/resend");
    assertThat(answer.status()).isEqualTo(422);
    assertThat(text(answer)).contains("is queued already");
  }

  @Test
  void nobody_but_administrators_asks() {
    assertThat(ask("GET", "/admin/mail", Caller.Guest.GUEST).status()).isEqualTo(401);
    var target = "/admin/mail/" + NOBODY + "/resend";
    assertThat(ask("POST", target, Caller.Guest.GUEST).status()).isEqualTo(401);
  }
}
