package engineroom.crash;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The program as a process of its own, started as a user would start it, so that it can be killed.
public final class ChildServer implements AutoCloseable {
  public static final String KEY = "er_admin_of_the_crash_tests_0123456789";
  private static final String READY = "Engineroom is ready at ";

  private final Process process;
  private final URI address;

  private ChildServer(Process process, URI address) {
    this.process = process;
    this.address = address;
  }

  /// Starts the program on a folder's model and returns when it says that it is ready.
  ///
  /// @param wrapper a command that runs the program; empty for none
  public static ChildServer start(Path app, Path data, List<String> wrapper) throws IOException {
    return start(app, data, wrapper, ProcessBuilder.Redirect.DISCARD);
  }

  /// The same with its log in a file.
  static ChildServer logging(Path app, Path data, Path log) throws IOException {
    return start(app, data, List.of(), ProcessBuilder.Redirect.to(log.toFile()));
  }

  private static ChildServer start(
      Path app, Path data, List<String> wrapper, ProcessBuilder.Redirect log) throws IOException {
    var command = new ArrayList<>(wrapper);
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-Xmx256m",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            "engineroom.cli.Main",
            "run",
            app.toString(),
            "--port",
            "0",
            "--data",
            data.toString()));
    var builder = new ProcessBuilder(command).redirectError(log);
    builder.environment().put("ENGINEROOM_ADMIN_KEY", KEY);
    var process = builder.start();
    var out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (var line = out.readLine(); line != null; line = out.readLine()) {
      if (line.startsWith(READY)) {
        return new ChildServer(process, URI.create(line.substring(READY.length()).trim()));
      }
    }
    throw new IOException("the program ended without being ready: " + process.onExit().join());
  }

  public URI address() {
    return address;
  }

  /// The id of the process that serves (the program itself, not a wrapper).
  long pid() {
    return process.children().findFirst().map(ProcessHandle::pid).orElse(process.pid());
  }

  /// `kill -9`.
  void kill() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
    process.onExit().join();
  }
}
