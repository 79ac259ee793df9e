package engineroom.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The words of mails. `-Dgolden=write` writes the golden files anew; each is then read like code.
class TemplatesTest {
  private static final Path GOLDEN = Path.of("src/test/resources/mail");
  private static final Mailbox ANN = new Mailbox("Ann", "ann@example.org");
  private static final Map<String, String> SAMPLES =
      Map.of(
          "name", "Ann <b>&",
          "link", "https://shop.example.org/x?a=1&b=2",
          "hours", "24",
          "minutes", "15",
          "days", "7",
          "code", "493 082",
          "time", "2026-11-21 12:00 UTC",
          "device", "Firefox <Linux>",
          "inviter", "Bob",
          "newAddress", "ann@new.example");

  @TempDir Path folder;

  @BeforeEach
  void makeFolder() throws IOException {
    Files.createDirectory(folder.resolve(Templates.FOLDER));
  }

  private Templates templates() {
    return new Templates(folder, "Shop & Co", "en");
  }

  private static Message message(BuiltInMail mail, String language) {
    var values = new HashMap<>(SAMPLES);
    values.keySet().retainAll(mail.variables());
    return Message.of(mail, ANN, language, values);
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(Templates.FOLDER).resolve(name), text);
  }

  @TestFactory
  Stream<DynamicTest> every_mail_of_the_program_reads_as_its_golden_file() {
    return Arrays.stream(BuiltInMail.values())
        .flatMap(
            mail ->
                BuiltInMail.LANGUAGES.stream()
                    .map(
                        language ->
                            dynamicTest(
                                mail.template() + " in " + language,
                                () -> compare(mail, language))));
  }

  private void compare(BuiltInMail mail, String language) throws IOException {
    var words = templates().render(message(mail, language));
    assertThat(words.language()).isEqualTo(language);
    var told = "Subject: " + words.subject() + "\n\n" + words.text() + "\n----\n" + words.html();
    var file = GOLDEN.resolve(mail.template() + "." + language + ".golden");
    if ("write".equals(System.getProperty("golden"))) {
      Files.createDirectories(GOLDEN);
      Files.writeString(file, told);
    }
    assertThat(told).isEqualTo(Files.readString(file));
    assertThat(told).doesNotContain("{{", "{%");
    assertThat(words.html()).doesNotContain("<b>", "<Linux>", "src=", "url(", "<script");
  }

  @Test
  void mails_of_the_program_are_good_templates_themselves() {
    for (var mail : BuiltInMail.values()) {
      for (var language : BuiltInMail.LANGUAGES) {
        var file = TemplateFile.ofProgram(mail.template() + "." + language + ".txt").orElseThrow();
        var known = Templates.variables(mail.template()).orElseThrow();
        assertThat(Tags.wrong(file.subject(), 1, 1, known)).isEmpty();
        assertThat(Tags.wrong(file.body(), 3, 1, known)).isEmpty();
        for (var name : mail.variables()) {
          var used = file.subject() + file.body();
          assertThat(used).as(mail + " uses " + name).contains(name + " ");
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "de-AT, Hallo",
    "de, Hallo",
    "en-GB, Hello",
    "fr-CA, Hello",
    "'', Hello",
    "de_AT../../x, Hello"
  })
  void takes_the_users_language_then_its_base_then_english(String language, String begin) {
    assertThat(templates().render(message(BuiltInMail.MAGIC_LINK, language)).text())
        .startsWith(begin);
  }

  @Test
  void takes_the_apps_language_before_english() {
    var words = new Templates(folder, "Shop", "de").render(message(BuiltInMail.MAGIC_LINK, "fr"));
    assertThat(words.text()).startsWith("Hallo");
  }

  @Test
  void the_owners_text_takes_the_place_of_the_programs_and_becomes_html_too() throws IOException {
    write("magic-link.de.txt", "Subject: Zu {{ app }}\n\nTach {{ name }}!\n\nRein:\n{{ link }}\n");
    var words = templates().render(message(BuiltInMail.MAGIC_LINK, "de"));
    assertThat(words.subject()).isEqualTo("Zu Shop & Co");
    assertThat(words.text())
        .isEqualTo("Tach Ann <b>&!\n\nRein:\nhttps://shop.example.org/x?a=1&b=2\n");
    assertThat(words.html())
        .contains("Tach Ann &lt;b&gt;&amp;!")
        .contains("href=\"https://shop.example.org/x?a=1&amp;b=2\"")
        .contains(">Rein</a>");
    var english = templates().render(message(BuiltInMail.MAGIC_LINK, "en"));
    assertThat(english.text()).startsWith("Hello");
  }

  @Test
  void the_owners_html_is_sent_as_written_with_values_escaped() throws IOException {
    write("magic-link.en.txt", "Subject: In\n\nHi {{ link }}\n");
    write("magic-link.en.html", "<h1>{{ name }}</h1><a href=\"{{ link }}\">in</a>\n");
    assertThat(templates().render(message(BuiltInMail.MAGIC_LINK, "en")).html())
        .isEqualTo(
            "<h1>Ann &lt;b&gt;&amp;</h1>"
                + "<a href=\"https://shop.example.org/x?a=1&amp;b=2\">in</a>\n");
  }

  @Test
  void the_owner_adds_mails_of_their_own() throws IOException {
    write("receipt.en.txt", "Subject: Receipt {{ number }}\n\nThanks for {{ number }}.\n");
    var message = new Message("receipt", ANN, "en", Map.of("number", "R-1"));
    assertThat(templates().render(message).subject()).isEqualTo("Receipt R-1");
    var empty = new Message("receipt", ANN, "en", Map.of());
    assertThatThrownBy(() -> templates().render(empty))
        .isInstanceOf(UnsendableMail.class)
        .hasMessageContaining("number");
    var unknown = new Message("reciept", ANN, "fr", Map.of());
    assertThatThrownBy(() -> templates().render(unknown))
        .hasMessage("There is no template reciept in en; write mails/reciept.en.txt.");
  }

  @Test
  void a_value_is_never_read_as_a_template() throws IOException {
    write("receipt.en.txt", "Subject: {{ item }}\n\n{{ item }}\n");
    var item = "{{ app }} {% if item %}x{% endif %}";
    var words = templates().render(new Message("receipt", ANN, "en", Map.of("item", item)));
    assertThat(words.subject()).isEqualTo(item);
    assertThat(words.text()).isEqualTo(item + "\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{{ item.class }}",
        "{{ item.getClass() }}",
        "{{ item.bytes }}",
        "{{ beans }}",
      })
  void the_library_itself_reaches_nothing_but_values(String template) {
    var pages = new Pages();
    assertThatThrownBy(() -> pages.fill(template, Pages.Escape.HTML, Map.of("item", "x")))
        .isInstanceOf(UnsendableMail.class);
  }

  @Test
  void a_subject_is_one_line_and_not_too_long() throws IOException {
    write("receipt.en.txt", "Subject: For {{ item }}\n\n{{ item }}\n");
    var item = "a\r\nBcc: eve@evil.example\u2028" + "😀".repeat(150);
    var subject =
        templates().render(new Message("receipt", ANN, "en", Map.of("item", item))).subject();
    assertThat(subject)
        .startsWith("For a  Bcc: eve@evil.example 😀")
        .endsWith("😀…")
        .hasSizeLessThanOrEqualTo(Rendered.SUBJECT_MAX);
  }

  @Test
  void refuses_a_body_above_its_limit() throws IOException {
    var line = "x".repeat(999) + "\n";
    write("large.en.txt", "Subject: Large\n\n" + line.repeat(120) + "{{ item }}");
    var fits = new Message("large", ANN, "en", Map.of("item", "y".repeat(100)));
    assertThat(templates().render(fits).text()).endsWith("yyy\n");
    var repeated = new ArrayList<String>();
    repeated.add("Subject: Larger\n\n");
    for (int i = 0; i < 30; i++) {
      repeated.add("{{ item }}\n");
    }
    write("larger.en.txt", String.join("", repeated));
    var above = new Message("larger", ANN, "en", Map.of("item", "y".repeat(10_000)));
    assertThatThrownBy(() -> templates().render(above)).isInstanceOf(UnsendableMail.class);
  }

  @Test
  void a_message_of_the_program_has_its_values_no_fewer_and_no_more() {
    assertThatThrownBy(() -> Message.of(BuiltInMail.MAGIC_LINK, ANN, "en", Map.of("link", "x")))
        .hasMessageContaining("magic-link takes [link, minutes, name]");
    assertThatThrownBy(() -> new Message("../x", ANN, "en", Map.of()))
        .isInstanceOf(IllegalArgumentException.class);
    var large = Map.of("x", "y".repeat(Message.VALUES_MAX + 1));
    assertThatThrownBy(() -> new Message("x", ANN, "en", large)).hasMessageContaining("16384");
    assertThat(new Message("x", ANN, "en", Map.of("x", "y".repeat(Message.VALUES_MAX))).values())
        .hasSize(1);
  }

  @Test
  void names_every_mistake_in_the_owners_mails_with_its_line() throws IOException {
    write("magic-link.en.txt", "Subject: In\n\nHi {{ nmae }},\n{% if name %}\n");
    assertThat(Templates.check(folder, "en"))
        .extracting(
            wrong ->
                wrong.file()
                    + ":"
                    + wrong.line()
                    + ":"
                    + wrong.column()
                    + ": "
                    + wrong.message()
                    + " "
                    + wrong.hint())
        .containsExactly(
            "mails/magic-link.en.txt:3:4: There is no value nmae in this mail. Did you mean name?",
            "mails/magic-link.en.txt:4:1: This {% if %} has no {% endif %}."
                + " Write {% endif %} behind it.");
  }

  @Test
  void looks_at_nothing_where_there_is_no_folder() {
    assertThat(Templates.check(folder.resolve("none"), "en")).isEqualTo(List.of());
  }
}
