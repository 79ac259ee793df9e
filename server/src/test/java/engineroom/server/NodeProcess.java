package engineroom.server;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.app.App;
import engineroom.app.App.Mode;
import engineroom.http.HttpConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// One of the programs that serve an app, as a process that can be killed, ended and stopped in the
/// middle of what it does.
final class NodeProcess implements AutoCloseable {
  private final Process process;
  private final int port;

  private NodeProcess(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /// Serves the app of a folder, says at which port, and ends when it is killed.
  static final class Child {
    private Child() {}

    static void main(String[] arguments) throws Exception {
      var project = Path.of(arguments[0]);
      var options =
          new App.ServeOptions(
              HttpConfig.defaults().at("127.0.0.1", Integer.parseInt(arguments[1])),
              project.resolve("data"),
              App.Seeding.NONE,
              Mode.valueOf(arguments[2]),
              Node.KEY);
      var running = new Engineroom().start(project, options);
      Runtime.getRuntime().addShutdownHook(new Thread(running::close));
      IO.println("port " + running.port());
      Thread.sleep(Duration.ofHours(1));
    }
  }

  /// Starts it at any port.
  static NodeProcess start(Path folder) throws IOException {
    return start(folder, 0, Mode.PRODUCTION);
  }

  /// Starts it at a port.
  static NodeProcess start(Path folder, int port, Mode mode) throws IOException {
    return start(folder, port, mode, Map.of());
  }

  /// Starts it, and comes back when it serves.
  ///
  /// @param environment of the process, besides this one's
  static NodeProcess start(Path folder, int port, Mode mode, Map<String, String> environment)
      throws IOException {
    var java = ProcessHandle.current().info().command().orElseThrow();
    var command =
        List.of(
            java,
            "--enable-native-access=ALL-UNNAMED",
            "-XX:TieredStopAtLevel=1",
            "-Xmx256m",
            "-cp",
            System.getProperty("java.class.path"),
            Child.class.getName(),
            folder.toString(),
            Integer.toString(port),
            mode.name());
    var log = folder.resolveSibling(folder.getFileName() + ".log").toFile();
    var builder = new ProcessBuilder(command);
    builder.redirectError(ProcessBuilder.Redirect.appendTo(log)).environment().putAll(environment);
    var process = builder.start();
    var lines = process.inputReader();
    var line = lines.readLine();
    while (line != null && !line.startsWith("port ")) {
      line = lines.readLine();
    }
    assertThat(line).as(folder + " started").isNotNull();
    Thread.ofVirtual().start(() -> lines.lines().forEach(_ -> {})); // nothing waits for a reader
    return new NodeProcess(process, Integer.parseInt(line.substring("port ".length())));
  }

  int port() {
    return port;
  }

  /// `SIGKILL`
  void kill() {
    process.toHandle().destroyForcibly();
    process.onExit().join();
  }

  /// `SIGTERM`, as a service is ended.
  void end() {
    process.destroy();
    process.onExit().join();
  }

  /// `SIGSTOP`: it is there and does nothing.
  void hang() throws IOException, InterruptedException {
    signal("STOP");
  }

  /// `SIGCONT`
  void goOn() throws IOException, InterruptedException {
    signal("CONT");
  }

  private void signal(String name) throws IOException, InterruptedException {
    var kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()));
    assertThat(kill.start().waitFor()).isZero();
  }

  @Override
  public void close() {
    kill();
  }
}
