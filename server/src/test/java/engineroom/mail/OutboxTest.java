package engineroom.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import engineroom.mail.StoredMail.State;
import engineroom.operation.Call;
import engineroom.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutboxTest {
  private static final String LINK = "https://shop.example.org/x?token=secret";

  @TempDir Path folder;

  private Bureau bureau(Posting posting) throws Exception {
    return new Bureau(folder, posting);
  }

  private static UUID id(StoredMail mail) {
    return UUID.fromString(mail.key());
  }

  /// A sender whose server is not there.
  private static SmtpSender down() {
    return new SmtpSender(SmtpServer.parse("smtp://127.0.0.1:1?tls=off"));
  }

  private static void fail(Bureau bureau) {
    for (var wait : Postman.WAITS) {
      bureau.round(down());
      bureau.clock.advance(wait);
    }
    bureau.round(down());
    assertThat(bureau.mail().state()).isEqualTo(State.FAILED);
  }

  @Test
  void a_mail_of_a_transaction_that_is_undone_was_never_written() throws Exception {
    var bureau = bureau(Posting.SEND);
    assertThatThrownBy(
            () ->
                bureau
                    .engine()
                    .together(
                        session -> {
                          var records = bureau.records().within(session);
                          bureau.outbox().send(records, Bureau.confirmation(LINK));
                          throw new IllegalStateException("undone");
                        }))
        .hasMessage("undone");
    assertThat(bureau.mails()).isEmpty();
  }

  @Test
  void waits_for_the_server_where_there_is_one_and_is_kept_where_there_is_none() throws Exception {
    assertThat(bureau(Posting.SEND).write(Bureau.confirmation(LINK)).mail().state())
        .isEqualTo(State.QUEUED);
    for (var posting : new Posting[] {Posting.KEEP, Posting.SHOW}) {
      var bureau = bureau(posting).write(Bureau.confirmation(LINK));
      assertThat(bureau.mail().state()).isEqualTo(State.KEPT);
      bureau.clock.advance(Duration.ofDays(1));
      assertThat(bureau.round(down())).as("tried").isZero();
    }
  }

  @Test
  void administrators_see_how_far_a_mail_is_and_not_what_it_says() throws Exception {
    var bureau = bureau(Posting.SEND).write(Bureau.confirmation(LINK));
    var listed = bureau.outbox().newest(bureau.records(), State.QUEUED);
    assertThat(listed).hasSize(1);
    assertThat(listed.getFirst().values()).isNull();
    assertThat(listed.toString()).contains("ann@example.org").doesNotContain("secret");
    assertThat(bureau.outbox().newest(bureau.records(), State.SENT)).isEmpty();
  }

  @Test
  void administrators_do_not_see_the_rows_themselves() throws Exception {
    var bureau = bureau(Posting.SEND).write(Bureau.confirmation(LINK));
    var call = Call.internal(Bureau.BEGIN);
    assertThat(bureau.engine().grants(call).names("mailMessage")).isEmpty();
    assertThat(bureau.engine().grants(Call.ofProgram(Bureau.BEGIN)).names("mailMessage"))
        .contains("contents");
  }

  @Test
  void an_administrator_sends_a_failed_mail_again() throws Exception {
    var bureau = bureau(Posting.SEND).write(Bureau.confirmation(LINK));
    fail(bureau);
    var again = bureau.outbox().resend(bureau.records(), id(bureau.mail()));
    assertThat(again.state()).isEqualTo(State.QUEUED);
    assertThat(again.values()).isNull();
    assertThat(bureau.round(down())).isEqualTo(1);
    assertThat(bureau.mail().attempts()).isEqualTo(1);
  }

  @Test
  void an_administrator_need_not_wait_for_the_next_attempt() throws Exception {
    var bureau = bureau(Posting.SEND).write(Bureau.confirmation(LINK));
    assertThat(bureau.round(down())).isEqualTo(1);
    assertThat(bureau.round(down())).as("a minute to wait").isZero();
    bureau.outbox().resend(bureau.records(), id(bureau.mail()));
    assertThat(bureau.round(down())).isEqualTo(1);
  }

  @Test
  void a_mail_that_is_due_or_not_there_is_not_sent_again() throws Exception {
    var bureau = bureau(Posting.SEND).write(Bureau.confirmation(LINK));
    var outbox = bureau.outbox();
    assertThatThrownBy(() -> outbox.resend(bureau.records(), id(bureau.mail())))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("operation/not-valid");
    assertThatThrownBy(() -> outbox.resend(bureau.records(), new UUID(1, 2)))
        .hasMessageContaining("authorize/not-found");
  }

  @Test
  void what_a_mail_said_that_was_not_sent_is_forgotten_after_a_week() throws Exception {
    var bureau = bureau(Posting.SEND).write(Bureau.confirmation(LINK));
    fail(bureau);
    bureau.clock.advance(Duration.ofDays(6));
    bureau.clean();
    assertThat(bureau.mail().values()).containsEntry("link", LINK);
    bureau.clock.advance(Duration.ofDays(1));
    bureau.clean();
    assertThat(bureau.mail().values()).isNull();
    assertThatThrownBy(() -> bureau.outbox().resend(bureau.records(), id(bureau.mail())))
        .hasMessageContaining("operation/not-valid");
  }

  @Test
  void a_mail_that_ended_is_forgotten_wholly_after_a_month_and_one_that_waits_is_not()
      throws Exception {
    var bureau = bureau(Posting.SEND).write(Bureau.confirmation(LINK));
    fail(bureau);
    bureau.clock.advance(Postman.ROWS_KEPT);
    bureau.write(Bureau.confirmation(LINK));
    bureau.clean();
    assertThat(bureau.mails()).extracting(StoredMail::state).containsExactly(State.QUEUED);
  }

  @Test
  void dev_keeps_the_newest_mails_only() throws Exception {
    var bureau = bureau(Posting.SHOW);
    for (int i = 0; i < Outbox.LISTED_MAX + 5; i++) {
      bureau.clock.advance(Duration.ofSeconds(1));
      bureau.write(Bureau.confirmation(LINK + i));
    }
    bureau.clean();
    var link = LINK + (Outbox.LISTED_MAX + 4);
    assertThat(bureau.mails()).hasSize(Outbox.LISTED_MAX);
    assertThat(bureau.mail().values()).containsEntry("link", link);
  }

  @Test
  void refuses_a_mail_where_too_many_wait() throws Exception {
    var bureau = bureau(Posting.SEND);
    for (int i = 0; i < 3; i++) {
      bureau.write(Bureau.confirmation(LINK));
    }
    var outbox = new Outbox(Posting.SEND, bureau.clock, 4);
    outbox.send(bureau.records(), Bureau.confirmation(LINK));
    assertThatThrownBy(() -> outbox.send(bureau.records(), Bureau.confirmation(LINK)))
        .hasMessageContaining("store/unavailable");
    assertThat(bureau.mails()).hasSize(4);
  }

  @Test
  void a_template_that_fails_ends_the_mail_with_the_reason() throws Exception {
    var bureau = bureau(Posting.SEND);
    bureau.write(new Message("receipt", Bureau.ANN, "en", Map.of()));
    bureau.round(down());
    assertThat(bureau.mail().state()).isEqualTo(State.FAILED);
    assertThat(bureau.mail().error()).startsWith("There is no template receipt in en");
  }

  @Test
  void nothing_of_the_libraries_is_loaded_before_the_first_mail_becomes_words() throws Exception {
    var command =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load:stdout",
                "-cp",
                System.getProperty("java.class.path"),
                WritesOnly.class.getName(),
                folder.toString())
            .redirectErrorStream(true);
    var process = command.start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    assertThat(said).contains("engineroom.mail.Outbox ").contains("engineroom.mail.MailClock ");
    assertThat(
            said.lines().filter(line -> line.matches(".*(jakarta\\.mail|angus|pebble).*source:.*")))
        .isEmpty();
  }

  /// Writes a mail and lets a clock look, in a program of its own.
  public static final class WritesOnly {
    private WritesOnly() {}

    public static void main(String[] arguments) throws Exception {
      var bureau = new Bureau(Path.of(arguments[0]), Posting.SHOW);
      new MailClock(bureau::served, bureau.clock).tick();
      bureau.write(Bureau.confirmation(LINK));
      new MailClock(bureau::served, bureau.clock).tick();
    }
  }
}
