package engineroom.server;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.app.App;
import engineroom.http.HttpConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Walks the README's tour as a newcomer would: the shop is started with its rows, each command is
/// run by a shell, and what it prints is what the README says; `…` stands for what differs from day
/// to day. Each answer is also held against the OpenAPI document of its caller.
class ReadmeTourTest {
  private static final Path ROOT = Path.of(System.getProperty("engineroom.root", ".."));
  private static final Pattern BLOCK = Pattern.compile("```console\\n(.*?)```", Pattern.DOTALL);

  @TempDir Path data;

  /// One command and what it prints.
  private record Stop(String command, String answer) {}

  @Test
  void every_command_of_the_tour_answers_as_printed() throws Exception {
    var stops = stops();
    assertThat(stops).hasSizeGreaterThanOrEqualTo(10);
    var options =
        new App.ServeOptions(
            HttpConfig.defaults().at("127.0.0.1", 0),
            data,
            App.Seeding.WHEN_EMPTY,
            App.Mode.DEVELOPMENT,
            "correct-horse-battery");
    try (var running = new Engineroom().start(ROOT.resolve("examples/shop"), options);
        var proxy = new DescribedProxy(running.port())) {
      for (var stop : stops) {
        var command = stop.command().replace("127.0.0.1:8080", "127.0.0.1:" + proxy.port());
        assertThat(output(command)).as(stop.command()).matches(pattern(stop.answer()));
      }
      assertThat(proxy.mistakes()).as("what OpenAPI does not describe").isEmpty();
      assertThat(proxy.checked()).isGreaterThanOrEqualTo(stops.size());
    }
  }

  private static List<Stop> stops() throws IOException {
    var stops = new ArrayList<Stop>();
    var blocks = BLOCK.matcher(Files.readString(ROOT.resolve("README.md")));
    while (blocks.find()) {
      for (var part : blocks.group(1).split("(?m)^\\$ ", -1)) {
        if (!part.isBlank()) {
          int end = part.indexOf('\n');
          stops.add(new Stop(part.substring(0, end), part.substring(end + 1).strip()));
        }
      }
    }
    return stops;
  }

  private static Pattern pattern(String answer) {
    return Pattern.compile(
        Arrays.stream(answer.split("…", -1))
            .map(Pattern::quote)
            .collect(Collectors.joining(".+?")));
  }

  private static String output(String command) throws IOException, InterruptedException {
    var process =
        new ProcessBuilder("bash", "-c", command)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (var out = process.getInputStream()) {
      var text = new String(out.readAllBytes(), StandardCharsets.UTF_8).strip();
      assertThat(process.waitFor()).as(command).isZero();
      return text;
    }
  }
}
