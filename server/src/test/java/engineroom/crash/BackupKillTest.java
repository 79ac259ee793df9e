package engineroom.crash;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.stores.sqlite.backup.BackupFile;
import engineroom.stores.sqlite.backup.Proof;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `kill -9` while a backup is made: no half of one has a final name, and the next start removes
/// what is left.
class BackupKillTest {
  private static final int KILLS = 3;
  private static final int ROWS = 500;
  private static final int BATCHES = 8;

  private static final String MODEL =
      """
      engineroom: 1
      name: Crash
      entities:
        entry:
          plural: entries
          fields:
            text: { type: text, search: true }
      """;

  @TempDir Path folder;

  private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void no_half_of_a_backup_has_a_final_name_after_a_kill() throws Exception {
    Files.writeString(folder.resolve("engineroom.yaml"), MODEL);
    var random = new Random(Long.getLong("seed", 3));
    var backups = folder.resolve("data/backups");
    for (var kill = 0; kill < KILLS; kill++) {
      try (var server = ChildServer.start(folder, folder.resolve("data"), List.of())) {
        assertThat(files(backups)).as("left after the start").allMatch(n -> n.endsWith(".backup"));
        fill(server.address(), kill == 0 ? BATCHES : 1);
        var _ =
            client.sendAsync(
                request(server.address(), "/admin/backups", ""), BodyHandlers.discarding());
        awaitWork(backups);
        Thread.sleep(random.nextInt(120)); // the moment of the kill is the point of the test
        server.kill();
      }
      for (var name : files(backups)) {
        if (name.endsWith(".backup")) {
          Proof.of(BackupFile.open(backups.resolve(name)), folder.resolve("proving"));
        }
      }
    }
    try (var server = ChildServer.start(folder, folder.resolve("data"), List.of())) {
      var made =
          client.send(request(server.address(), "/admin/backups", ""), BodyHandlers.ofString());
      assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
      assertThat(files(backups)).isNotEmpty().allMatch(name -> name.endsWith(".backup"));
    }
  }

  /// Waits until something of a backup is on the disk.
  private static void awaitWork(Path backups) throws IOException, InterruptedException {
    for (var i = 0; i < 5_000; i++) {
      if (files(backups).stream().anyMatch(name -> !name.endsWith(".backup"))) {
        return;
      }
      Thread.sleep(1);
    }
    throw new AssertionError("no backup was begun");
  }

  private static List<String> files(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private void fill(URI server, int batches) throws IOException, InterruptedException {
    var rows =
        IntStream.range(0, ROWS)
            .mapToObj(i -> "{\"text\":\"words of the row number " + i + "\"}")
            .collect(Collectors.joining(",", "[", "]"));
    for (var batch = 0; batch < batches; batch++) {
      var answer = client.send(request(server, "/api/entries", rows), BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }
  }

  private static HttpRequest request(URI server, String path, String body) {
    return HttpRequest.newBuilder(server.resolve(path))
        .header("Authorization", "Bearer " + ChildServer.KEY)
        .header("Content-Type", "application/json")
        .POST(body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
        .build();
  }
}
