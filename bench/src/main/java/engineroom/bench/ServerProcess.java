package engineroom.bench;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A server started as a process of its own.
final class ServerProcess implements AutoCloseable {
  /// The administrator's key of both servers.
  static final String KEY = "er_admin_0123456789abcdef";

  private static final Pattern READY = Pattern.compile("is ready at (http\\S+)\n");
  private static final long START_SECONDS_MAX = 600;

  /// Where the launcher names the options of Java that it gives.
  private static final Pattern OPTIONS = Pattern.compile("flags=\\((.*?)\\)", Pattern.DOTALL);

  private final Process process;
  private final URI address;

  private ServerProcess(Process process, URI address) {
    this.process = process;
    this.address = address;
  }

  /// The real program on a data folder, with the example shop.
  ///
  /// @param more options of Java
  static ServerProcess real(Path source, Path data, List<String> more) throws IOException {
    var shop = ShopApp.unlimited(source, data.resolveSibling("shop"));
    var command = command(source, shop, data, more);
    command.add("--seed");
    return start(command, data.resolveSibling("real.log"));
  }

  /// The real program with another app than the shop.
  ///
  /// @param app the folder of its model
  static ServerProcess app(Path source, Path app, Path data) throws IOException {
    return app(source, app, data, List.of());
  }

  /// @param more options of Java
  static ServerProcess app(Path source, Path app, Path data, List<String> more) throws IOException {
    return start(command(source, app, data, more), data.resolveSibling("app.log"));
  }

  /// The same with the rows of its folder `seed`.
  static ServerProcess seeded(Path source, Path app, Path data) throws IOException {
    var command = command(source, app, data, startCache(source));
    command.add("--seed");
    return start(command, data.resolveSibling("app.log"));
  }

  private static List<String> command(Path source, Path app, Path data, List<String> more) {
    var built = source.resolve("server/target/engineroom");
    var command = new ArrayList<>(more);
    var path = built.resolve("engineroom.jar") + File.pathSeparator + built.resolve("lib") + "/*";
    command.addAll(List.of("-cp", path, "engineroom.cli.Main", "run"));
    command.addAll(List.of(app.toString(), "--port", "0", "--data", data.toString()));
    return command;
  }

  URI address() {
    return address;
  }

  /// The options that make the real program start quickly, where its cache was built.
  static List<String> startCache(Path source) {
    var cache = source.resolve("server/target/engineroom/engineroom.aot");
    return Files.exists(cache)
        ? List.of("-XX:AOTCache=" + cache, "-Xlog:aot=off", "-Xlog:cds=off")
        : List.of();
  }

  /// The limit program on a database file.
  ///
  /// @param more options of Java
  static ServerProcess limit(Path file, List<String> more) throws IOException {
    return byHand(LimitServer.class, file, more);
  }

  /// A program written by hand on a database file.
  static ServerProcess byHand(Class<?> program, Path file, List<String> more) throws IOException {
    var command = new ArrayList<>(more);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(program.getName(), file.toString()));
    return start(command, file.getParent().resolveSibling("limit.log"));
  }

  /// A program written by hand on a database file.
  ///
  /// @param environment what else it is told
  static ServerProcess byHand(Class<?> program, Path file, Map<String, String> environment)
      throws IOException {
    var path = System.getProperty("java.class.path");
    var command = List.of("-cp", path, program.getName(), file.toString());
    return start(command, file.getParent().resolveSibling("limit.log"), environment);
  }

  /// The real program with another app than the shop, on another database.
  ///
  /// @param address of the database, as a model says it
  static ServerProcess appOn(Path source, Path app, Path data, String address) throws IOException {
    var command = command(source, app, data, startCache(source));
    command.add("--seed");
    return start(command, data.resolveSibling("app.log"), Map.of("DATABASE_URL", address));
  }

  /// A program of another kind, which says where it is ready.
  static ServerProcess other(List<String> command, Path log, Map<String, String> environment)
      throws IOException {
    var builder = new ProcessBuilder(command).directory(log.getParent().toFile());
    builder.environment().putAll(environment);
    return ready(builder.redirectError(new File(log.toString())), log);
  }

  /// The real program with the shop on another database.
  ///
  /// @param address of the database, as a model says it
  static ServerProcess realOn(Path source, Path data, String address) throws IOException {
    var shop = ShopApp.unlimited(source, data.resolveSibling("shop"));
    var command = command(source, shop, data, startCache(source));
    command.add("--seed");
    return start(command, data.resolveSibling("real.log"), Map.of("DATABASE_URL", address));
  }

  /// The limit program on PostgreSQL.
  ///
  /// @param recorded what the real program asks for each request
  static ServerProcess limitOn(String database, Path recorded) throws IOException {
    var command =
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            LimitPostgres.class.getName(),
            database,
            recorded.toString());
    return start(command, recorded.resolveSibling("limit.log"), Map.of());
  }

  private static ServerProcess start(List<String> arguments, Path log) throws IOException {
    return start(arguments, log, Map.of());
  }

  private static ServerProcess start(
      List<String> arguments, Path log, Map<String, String> environment) throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags());
    command.addAll(arguments);
    var builder = new ProcessBuilder(command).redirectError(new File(log.toString()));
    builder.environment().put("ENGINEROOM_ADMIN_KEY", KEY);
    builder.environment().putAll(environment);
    return ready(builder, log);
  }

  /// The options of Java that the launcher `engineroom` gives, for both sides.
  private static List<String> flags() throws IOException {
    var launcher = Path.of(System.getProperty("engineroom.launcher", "engineroom"));
    var options = OPTIONS.matcher(Files.readString(launcher));
    if (!options.find()) {
      throw new IllegalStateException(launcher + " names no options of Java");
    }
    return options
        .group(1)
        .lines()
        .filter(line -> !line.strip().startsWith("#"))
        .flatMap(line -> Stream.of(line.strip().split(" +")))
        .filter(word -> !word.isEmpty())
        .toList();
  }

  private static ServerProcess ready(ProcessBuilder builder, Path log) throws IOException {
    var process = builder.start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
    var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS_MAX);
    var said = new StringBuilder();
    var ready = READY.matcher(said);
    while (!ready.find()) {
      if (!process.isAlive() || System.nanoTime() > end) {
        process.destroyForcibly();
        throw new IllegalStateException("a server did not start; see " + log);
      }
      read(process.getInputStream(), said);
      ready.reset();
    }
    return new ServerProcess(process, URI.create(ready.group(1)));
  }

  private static void read(InputStream in, StringBuilder said) throws IOException {
    if (in.available() == 0) {
      pause(5);
    }
    while (in.available() > 0) {
      said.append((char) in.read());
    }
  }

  static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  LoadClient client() {
    return new LoadClient(address, process.pid());
  }

  /// What it answers to a GET.
  byte[] get(String path) throws IOException {
    var connection = (HttpURLConnection) address.resolve(path).toURL().openConnection();
    connection.setReadTimeout(30_000);
    try (var in = connection.getInputStream()) {
      return in.readAllBytes();
    }
  }

  /// What it answers to a POST by the administrator.
  byte[] post(String path, String json) throws IOException {
    var connection = (HttpURLConnection) address.resolve(path).toURL().openConnection();
    connection.setDoOutput(true);
    connection.setRequestProperty("Authorization", "Bearer " + KEY);
    connection.setRequestProperty("Content-Type", "application/json");
    connection.getOutputStream().write(json.getBytes(StandardCharsets.UTF_8));
    try (var in = connection.getInputStream()) {
      return in.readAllBytes();
    }
  }

  /// What it answers to a GraphQL request.
  ///
  /// @param token of who asks; empty for nobody
  byte[] ask(byte[] body, String token) throws IOException {
    var connection = (HttpURLConnection) address.resolve("/graphql").toURL().openConnection();
    connection.setReadTimeout(30_000);
    connection.setDoOutput(true);
    connection.setRequestProperty("Content-Type", "application/json");
    if (!token.isEmpty()) {
      connection.setRequestProperty("Authorization", "Bearer " + token);
    }
    try (var out = connection.getOutputStream()) {
      out.write(body);
    }
    try (var in = connection.getInputStream()) {
      return in.readAllBytes();
    }
  }

  /// Memory held now, in megabytes.
  double megabytes() throws IOException {
    for (var line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
      }
    }
    throw new IllegalStateException("no VmRSS of " + process.pid());
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(15, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException _) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
