package engineroom.door.inbox;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A tab of Chromium that goes where it is told to, and presses buttons. Tests that need one are
/// skipped, and say so, where there is no Chromium.
public final class Browser implements AutoCloseable {
  private static final Pattern PORT = Pattern.compile("^(\\d+)");
  private static final Pattern TAB =
      Pattern.compile("\"webSocketDebuggerUrl\": ?\"([^\"]+/page/[^\"]+)\"");
  private static final Pattern TEXT = Pattern.compile("\"value\":\"((?:[^\"\\\\]|\\\\.)*)\"");
  private static final Pattern PICTURE = Pattern.compile("\"data\":\"([^\"]+)\"");
  private static final Duration WAIT = Duration.ofSeconds(60);

  private final Process process;
  private final HttpClient client = HttpClient.newHttpClient();
  private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
  private final WebSocket tab;
  private final List<String> complaints = new ArrayList<>();
  private int last;

  private Browser(Process process, Path profile) throws IOException, InterruptedException {
    this.process = process;
    var address = address(profile.resolve("DevToolsActivePort"));
    this.tab = client.newWebSocketBuilder().buildAsync(address, new Reader()).join();
  }

  /// Collects what the browser says.
  private final class Reader implements WebSocket.Listener {
    private final StringBuilder part = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(
        WebSocket socket, CharSequence data, boolean complete) {
      part.append(data);
      if (complete) {
        messages.add(part.toString());
        part.setLength(0);
      }
      socket.request(1);
      return null;
    }
  }

  /// Opens an empty tab.
  ///
  /// @param profile an empty folder
  public static Browser open(Path profile) throws IOException, InterruptedException {
    var process =
        new ProcessBuilder(
                program(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--window-size=900,700",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "about:blank")
            .redirectErrorStream(true)
            .redirectOutput(profile.resolve("said.txt").toFile())
            .start();
    try {
      return new Browser(process, profile);
    } catch (IOException | InterruptedException | RuntimeException e) {
      process.destroy();
      throw e;
    }
  }

  /// Where Chromium is.
  static String program() {
    var path = System.getenv().getOrDefault("PATH", "");
    var found =
        Stream.of("chromium", "chromium-browser", "google-chrome")
            .flatMap(name -> Stream.of(path.split(":")).map(place -> Path.of(place, name)))
            .filter(Files::isExecutable)
            .map(Path::toString)
            .findFirst();
    if (found.isEmpty()) {
      System.err.println("SKIPPED: a page was not seen in a browser: no chromium in PATH.");
    }
    assumeTrue(found.isPresent(), "no chromium in PATH");
    return found.orElseThrow();
  }

  private URI address(Path written) throws IOException, InterruptedException {
    long end = System.nanoTime() + WAIT.toNanos();
    while (System.nanoTime() < end) {
      var port = PORT.matcher(Files.exists(written) ? Files.readString(written) : "");
      if (port.find()) {
        var list = URI.create("http://127.0.0.1:" + port.group(1) + "/json/list");
        var tabs = client.send(HttpRequest.newBuilder(list).build(), BodyHandlers.ofString());
        var found = TAB.matcher(tabs.body());
        if (found.find()) {
          return URI.create(found.group(1));
        }
      }
      Thread.onSpinWait();
    }
    throw new AssertionError("Chromium opens no tab");
  }

  private String ask(String method, String parameters) throws InterruptedException {
    int id = ++last;
    tab.sendText(
            "{\"id\":%d,\"method\":\"%s\",\"params\":%s}".formatted(id, method, parameters), true)
        .join();
    while (true) {
      var message = messages.poll(WAIT.toSeconds(), TimeUnit.SECONDS);
      if (message == null) {
        throw new AssertionError("Chromium does not answer to " + method);
      }
      if (message.startsWith("{\"id\":" + id + ",")) {
        return message;
      }
      if (message.contains("\"Log.entryAdded\"")) {
        complaints.add(message);
      }
    }
  }

  /// Goes to a page, and waits until it says that it is ready.
  public void go(String address) throws InterruptedException {
    ask("Page.navigate", "{\"url\":\"about:blank\"}");
    ask("Page.navigate", "{\"url\":\"" + address + "\"}");
    until("document.body && document.body.dataset.ready === 'true'");
  }

  /// Hears from now on what the browser has against pages.
  public void listen() throws InterruptedException {
    ask("Log.enable", "{}");
  }

  /// What the browser had against pages since it was to listen.
  public List<String> complaints() throws InterruptedException {
    ask("Log.disable", "{}");
    return List.copyOf(complaints);
  }

  /// Waits until something holds of the page.
  public void until(String holds) throws InterruptedException {
    long end = System.nanoTime() + WAIT.toNanos();
    while (!value("String(Boolean(" + holds + "))").equals("true")) {
      if (System.nanoTime() > end) {
        throw new AssertionError(
            holds + " does not become true: " + value("document.body.innerText"));
      }
    }
  }

  /// The text that a script gives.
  public String value(String script) throws InterruptedException {
    var expression = script.replace("\\", "\\\\").replace("\"", "\\\"");
    var parameters = "{\"expression\":\"%s\",\"returnByValue\":true}".formatted(expression);
    var found = TEXT.matcher(ask("Runtime.evaluate", parameters));
    return found.find() ? found.group(1).replace("\\n", "\n") : "";
  }

  /// Writes into a field of the page.
  public void fill(String field, String text) throws InterruptedException {
    value("document.getElementById('%s').value = '%s'".formatted(field, text));
  }

  /// Presses the button of a label.
  public void press(String label) throws InterruptedException {
    var buttons = "[...document.querySelectorAll('button')]";
    value(buttons + ".find(button => button.textContent === '" + label + "').click()");
  }

  /// Keeps what the tab shows, where `-Dscreens` names a folder to look at it.
  public void picture(String name) throws IOException, InterruptedException {
    var folder = System.getProperty("screens");
    if (folder == null) {
      return;
    }
    var found = PICTURE.matcher(ask("Page.captureScreenshot", "{\"format\":\"png\"}"));
    if (found.find()) {
      Files.write(Path.of(folder, name + ".png"), Base64.getDecoder().decode(found.group(1)));
    }
  }

  @Override
  public void close() {
    tab.abort();
    client.shutdownNow();
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
    process.onExit().join();
  }
}
