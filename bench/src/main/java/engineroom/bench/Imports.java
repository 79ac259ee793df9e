package engineroom.bench;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Random;
import java.util.UUID;

/// Imports of 100,000 lines of CSV by the real program, beside the `.import` of the `sqlite3` shell
/// into the same table with the same indexes. The real program also reads the lines as values,
/// holds rules over them and writes the change log, which the shell does not.
final class Imports {
  private static final int LINES = 100_000;

  /// The first ones meet code that the compilers have not seen or are at work on.
  private static final int ROUNDS = 10;

  /// The file of an app that names no store.
  private static final String DATABASE = "app.db";

  private static final String TIME = "2026-11-21T10:00:00.000000Z";
  private static final String MODEL =
      """
      engineroom: 1
      name: Imports
      entities:
        item:
          fields:
            sku: { type: text, max: 20, unique: true }
            name: { type: text, max: 120 }
            price: { type: integer, min: 0 }
            stock: { type: integer, default: 0, min: 0 }
            added: date
          indexes: [ name ]
      """;

  private final Path source;
  private final Path work;
  private final Random random = new Random(1);

  /// @param work a folder for what is made
  Imports(Path source, Path work) {
    this.source = source;
    this.work = work;
  }

  /// One file for each of the two programs, with the same rows.
  private record Pair(Path ours, Path shell) {}

  void run() throws IOException, InterruptedException {
    if (!shellIsThere()) {
      System.out.println("imports: skipped, as there is no sqlite3 shell");
      return;
    }
    Files.createDirectories(work.resolve("data"));
    for (var end : new String[] {"", "-wal", "-shm"}) {
      Files.deleteIfExists(work.resolve("data/" + DATABASE + end));
    }
    Files.writeString(work.resolve("engineroom.yaml"), MODEL);
    var ours = new ArrayList<Import>();
    var shell = new ArrayList<Double>();
    var files = new ArrayList<Pair>();
    for (int round = 0; round < ROUNDS; round++) {
      files.add(files(round));
    }
    try (var server = ServerProcess.app(source, work, work.resolve("data"))) {
      copy("data/" + DATABASE, "shell.db"); // the tables, without a row
      for (var file : files) {
        ours.add(ours(server, file.ours()));
        shell.add(shell(file.shell()));
      }
    }
    System.out.printf(
        "%-22s %12s %12s %8s %12s%n",
        "import of 100,000", "real rows/s", "shell", "%", "compilers %");
    for (int round = 0; round < ROUNDS; round++) {
      double real = LINES / ours.get(round).seconds();
      double other = LINES / shell.get(round);
      System.out.printf(
          "%-22s %12.0f %12.0f %8.0f %12.0f%n",
          "round " + (round + 1), real, other, 100 * real / other, ours.get(round).compilers());
    }
  }

  private static boolean shellIsThere() throws InterruptedException {
    try {
      var command = new ProcessBuilder("sqlite3", "-version").redirectErrorStream(true);
      var process = command.redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
      return process.waitFor() == 0;
    } catch (IOException _) {
      return false;
    }
  }

  private void copy(String from, String to) throws IOException {
    Files.copy(work.resolve(from), work.resolve(to), StandardCopyOption.REPLACE_EXISTING);
    var log = work.resolve(from + "-wal");
    if (Files.exists(log)) {
      Files.copy(log, work.resolve(to + "-wal"), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private Pair files(int round) throws IOException {
    var ours = work.resolve("ours" + round + ".csv");
    var shell = work.resolve("shell" + round + ".csv");
    try (var first = Files.newBufferedWriter(ours);
        var second = Files.newBufferedWriter(shell)) {
      first.write("sku,name,price,stock,added\n");
      for (int i = 0; i < LINES; i++) {
        var row = row(round, i);
        first.write(row + "\n");
        var key = round * LINES + i + 1;
        second.write("%d,%s,1,%s,%s,%s\n".formatted(key, id(key), TIME, TIME, row));
      }
    }
    return new Pair(ours, shell);
  }

  private String row(int round, int line) {
    var name = "Item " + random.nextInt(1_000_000) + " of oak";
    var day = 1 + random.nextInt(28);
    return "S%d-%06d,%s,%d,%d,2026-05-%02d"
        .formatted(round, line, name, random.nextInt(99_999), random.nextInt(500), day);
  }

  /// Ids that grow, as those of the real program do.
  private UUID id(long number) {
    return new UUID(0x0198_0000_0000_7000L | number << 16, random.nextLong() >>> 2 | 1L << 63);
  }

  /// How long one took.
  ///
  /// @param compilers their share of the server's processor time, in percent
  private record Import(double seconds, double compilers) {}

  private static Import ours(ServerProcess server, Path file)
      throws IOException, InterruptedException {
    var measured = server.client();
    long compilers = measured.compilerTicks();
    long all = measured.cpuTicks();
    double seconds = seconds(server.address(), file);
    double share = 100.0 * (measured.compilerTicks() - compilers) / (measured.cpuTicks() - all);
    return new Import(seconds, share);
  }

  private static double seconds(URI address, Path file) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(address.resolve("/api/items/import"))
            .header("Authorization", "Bearer " + ServerProcess.KEY)
            .header("Content-Type", "text/csv")
            .POST(BodyPublishers.ofFile(file))
            .build();
    try (var client = HttpClient.newHttpClient()) {
      long start = System.nanoTime();
      var answer = client.send(request, BodyHandlers.ofString());
      if (!answer.body().contains("\"created\":" + LINES)) {
        throw new IllegalStateException("not imported: " + answer.body());
      }
      return (System.nanoTime() - start) / 1e9;
    }
  }

  private double shell(Path file) throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.add("sqlite3");
    command.add(work.resolve("shell.db").toString());
    command.add("PRAGMA journal_mode = WAL");
    command.add("PRAGMA synchronous = FULL");
    command.add(".mode csv");
    command.add(".import " + file + " item");
    var log = new File(work.resolve("shell.log").toString());
    long start = System.nanoTime();
    var process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log).start();
    if (process.waitFor() != 0 || Files.readString(log.toPath()).contains("rror")) {
      throw new IllegalStateException("the shell failed; see " + log);
    }
    return (System.nanoTime() - start) / 1e9;
  }
}
