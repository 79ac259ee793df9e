package engineroom.door.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.http.HttpConfig;
import engineroom.http.HttpParts;
import engineroom.http.HttpServer;
import engineroom.http.Request;
import engineroom.http.Response;
import engineroom.mail.Bureau;
import engineroom.mail.Inbox;
import engineroom.mail.Mailbox;
import engineroom.mail.Message;
import engineroom.mail.Posting;
import engineroom.operation.Caller;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The inbox page in Chromium. Skipped, and said so, where there is none.
class InboxPageTest {
  private static final String LINK = "https://shop.example.org/x?token=t1&a=1";

  /// A mail of an owner who tries everything that a page could be attacked by.
  private static final String HOSTILE =
      """
      <h1>Receipt</h1>
      <script>document.body.innerHTML = "SCRIPT RAN"; fetch("/leak/script")</script>
      <img src="/leak/image" onerror="fetch('/leak/handler')">
      <link rel="stylesheet" href="/leak/style">
      <iframe src="/leak/frame"></iframe>
      <form action="/leak/form"><input name="a"></form>
      <p style="color:rgb(1,2,3)" id="styled">styled</p>
      """;

  @TempDir Path folder;
  @TempDir Path profile;

  private final ConcurrentLinkedQueue<String> asked = new ConcurrentLinkedQueue<>();
  private Bureau bureau;
  private HttpServer server;

  @BeforeEach
  void open() throws Exception {
    bureau = new Bureau(folder, Posting.SHOW);
    var door = new InboxDoor(new Inbox(bureau::served), this::other);
    server =
        HttpServer.start(
            HttpConfig.defaults().at("127.0.0.1", 0),
            new HttpParts(
                request -> {
                  asked.add(request.path());
                  return door.handle(request);
                },
                _ -> Caller.Guest.GUEST,
                List.of(),
                InstantSource.system(),
                new Random(7)));
  }

  @AfterEach
  void close() {
    server.close();
  }

  private Response other(Request request) {
    return Response.of(200, "text/plain", request.path().getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void shows_the_list_and_an_empty_inbox_says_so() throws Exception {
    assertThat(seen("").dom()).contains("No mail yet.");
    bureau.write(Bureau.confirmation(LINK));
    var page = seen("");
    assertThat(page.dom())
        .contains("<strong>Confirm your e-mail address for Shop</strong>")
        .contains("Ann &lt;ann@example.org&gt;");
    assertThat(page.complaints()).isEmpty();
  }

  @Test
  void shows_one_mail_whose_links_open_elsewhere() throws Exception {
    bureau.write(Bureau.confirmation(LINK));
    var page = seen("#" + id());
    assertThat(page.dom())
        .contains("<h2 id=\"subject\">Confirm your e-mail address for Shop</h2>")
        .contains(
            "<a href=\"https://shop.example.org/x?token=t1&amp;a=1\" target=\"_blank\""
                + " rel=\"noopener noreferrer\">")
        .contains("sandbox=\"allow-popups allow-popups-to-escape-sandbox\"")
        .contains("Message-ID: &lt;");
    assertThat(page.complaints()).isEmpty();
  }

  @Test
  void a_hostile_mail_runs_and_loads_nothing() throws Exception {
    Files.createDirectories(folder.resolve("mails"));
    Files.writeString(folder.resolve("mails/receipt.en.txt"), "Subject: <b>{{ x }}</b>\n\nHi\n");
    Files.writeString(folder.resolve("mails/receipt.en.html"), HOSTILE);
    var to = Mailbox.of("<script>alert(1)</script>", "ann@example.org");
    bureau.write(new Message("receipt", to, "en", Map.of("x", "<img src=/leak/subject>")));
    var page = seenWhole("#" + id(), "/leak/image");
    assertThat(page.dom())
        .contains("&lt;b&gt;&lt;img src=/leak/subject&gt;&lt;/b&gt;")
        .doesNotContain("<script>alert(1)");
    assertThat(asked).noneMatch(path -> path.startsWith("/leak"));
    assertThat(page.complaints())
        .anyMatch(line -> line.contains("Blocked script execution"))
        .anyMatch(line -> line.contains("/leak/image"))
        .noneMatch(line -> line.contains("inline style"));
  }

  private String id() {
    return new Inbox(bureau::served).newest().getFirst().id();
  }

  /// What Chromium made of a page.
  ///
  /// @param complaints of its console
  record Page(String dom, List<String> complaints) {
    long says(String text) {
      return complaints.stream().filter(line -> line.contains(text)).count();
    }
  }

  /// On a busy machine Chromium may end before it has complained of everything.
  private Page seenWhole(String fragment, String complaint) throws Exception {
    var page = seen(fragment);
    for (int again = 0; again < 4 && page.says(complaint) == 0; again++) {
      page = seen(fragment);
    }
    return page;
  }

  private Page seen(String fragment) throws Exception {
    var said = profile.resolve("said.txt");
    var command =
        new ArrayList<>(
            List.of(
                Browser.program(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--user-data-dir=" + profile.resolve("chromium"),
                "--enable-logging=stderr",
                "--virtual-time-budget=4000",
                "--dump-dom",
                "http://127.0.0.1:" + server.port() + "/dev/inbox" + fragment));
    var process = new ProcessBuilder(command).redirectError(said.toFile()).start();
    var dom = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    var lines = Files.readString(said).lines().filter(line -> line.contains(":CONSOLE")).toList();
    assertThat(dom).as(Files.readString(said)).contains("data-ready=\"true\"");
    return new Page(dom, lines);
  }
}
