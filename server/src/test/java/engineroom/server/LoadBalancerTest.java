package engineroom.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import engineroom.app.App.Mode;
import engineroom.testkit.run.Alone;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Three programs behind nginx, with the configuration that `docs/nodes.md` shows. They are killed,
/// and taken over to a newer model one after the other, while clients write through it.
/// `-Dnodes.kills=100` for more.
@Alone
class LoadBalancerTest {
  private static final int NODES = 3;
  private static final int KILLS = Integer.getInteger("nodes.kills", 3);
  private static final Duration START_MAX = Duration.ofSeconds(60);
  private static final Path DOCUMENT = Path.of("..", "docs", "nodes.md");
  private static final String FIELDS = "text: text";
  private static final String MORE_FIELDS = "text: text, place: { type: text, default: here }";

  @TempDir Path folder;
  private final NodeProcess[] nodes = new NodeProcess[NODES];
  private final String store = PostgresServer.fresh().toString();
  private int port;
  private Process nginx;
  private KeyedLoad load;

  private String model(String fields) {
    return """
    engineroom: 1
    name: Notes
    store: %s
    settings: { rates: off, proxies: [127.0.0.1], audit: { rows: true } }
    entities:
      note: { fields: { %s }, access: { read: true, write: true } }
      tally: { fields: { name: text, total: integer }, access: { read: true, write: true } }
    """
        .formatted(store, fields);
  }

  private Path project(int number) {
    return folder.resolve("node" + number);
  }

  @BeforeEach
  void start() throws Exception {
    var there = installed();
    if (!there) {
      System.err.println("SKIPPED: LoadBalancerTest needs nginx: apt-get install nginx");
    }
    assumeTrue(there, "nginx is not installed");
    try (var first = new Node(project(0)).with(model(FIELDS))) {
      first.start(Mode.PRODUCTION); // makes the tables and the keys
      for (int i = 1; i < NODES; i++) {
        new Node(project(i)).with(model(FIELDS)).keysOf(first).close();
      }
    }
    for (int i = 0; i < NODES; i++) {
      nodes[i] = NodeProcess.start(project(i));
    }
    balance();
    load = new KeyedLoad(List.of(port));
    load.start();
  }

  private static boolean installed() throws InterruptedException {
    try {
      return new ProcessBuilder("nginx", "-v").start().waitFor() == 0;
    } catch (IOException _) {
      return false;
    }
  }

  /// Starts nginx with what the document says, at these ports.
  private void balance() throws Exception {
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    var configuration = folder.resolve("nginx.conf");
    Files.writeString(
        configuration,
        """
        daemon off; user root; pid %1$s/nginx.pid; error_log %1$s/nginx.log; events { }
        http {
          access_log off; client_body_temp_path %1$s/body; proxy_temp_path %1$s/proxy;
          fastcgi_temp_path %1$s/f; uwsgi_temp_path %1$s/u; scgi_temp_path %1$s/s;
          %2$s
        }
        """
            .formatted(folder, documented()));
    nginx = new ProcessBuilder("nginx", "-c", configuration.toString()).inheritIO().start();
    var end = System.nanoTime() + START_MAX.toNanos();
    while (!listening()) {
      assertThat(nginx.isAlive() && System.nanoTime() < end).as("nginx listens").isTrue();
      Thread.sleep(50);
    }
  }

  private boolean listening() {
    try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  /// The configuration of the document, with our addresses.
  private String documented() throws IOException {
    var text = Files.readString(DOCUMENT);
    var block = text.substring(text.indexOf("    upstream shop {"));
    block = block.substring(0, block.indexOf("\n\n"));
    for (int i = 0; i < NODES; i++) {
      var address = "10.0.0." + (i + 1) + ":8080";
      assertThat(block).contains(address);
      block = block.replace(address, "127.0.0.1:" + nodes[i].port());
    }
    assertThat(block).contains("server {\n");
    return block.replace("server {\n", "server {\n listen 127.0.0.1:" + port + ";\n");
  }

  @AfterEach
  void stop() throws Exception {
    if (load != null) {
      load.close();
    }
    if (nginx != null) {
      nginx.destroy();
      nginx.waitFor();
    }
    for (var node : nodes) {
      if (node != null) {
        node.close();
      }
    }
  }

  private void again(int number, Mode mode) throws IOException {
    nodes[number] = NodeProcess.start(project(number), nodes[number].port(), mode);
  }

  private void checked() throws Exception {
    load.finish();
    load.check(port);
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/admin/audit/verify"))
            .header("Authorization", "Bearer " + Node.KEY)
            .build();
    try (var http = HttpClient.newHttpClient()) {
      assertThat(http.send(request, BodyHandlers.ofString()).body()).contains("\"good\":true");
    }
  }

  @Test
  void clients_that_try_again_notice_nothing_of_programs_that_are_killed() throws Exception {
    for (int i = 0; i < KILLS; i++) {
      Thread.sleep(1_000);
      nodes[i % NODES].kill();
      Thread.sleep(500);
      again(i % NODES, Mode.PRODUCTION);
    }
    assertThat(load.servedAgain(Duration.ofSeconds(10))).isLessThan(Duration.ofSeconds(5));
    checked();
  }

  @Test
  void clients_that_try_again_notice_nothing_of_a_rolling_upgrade() throws Exception {
    Thread.sleep(1_000);
    for (int i = 0; i < NODES; i++) {
      new Node(project(i)).with(model(MORE_FIELDS)).close();
      nodes[i].end();
      again(i, Mode.MIGRATION);
      Thread.sleep(1_000);
    }
    assertThat(load.servedAgain(Duration.ofSeconds(10))).isLessThan(Duration.ofSeconds(5));
    checked();
    for (var node : nodes) {
      var at = URI.create("http://127.0.0.1:" + node.port() + "/api/notes?limit=1");
      try (var http = HttpClient.newHttpClient()) {
        var page = http.send(HttpRequest.newBuilder(at).build(), BodyHandlers.ofString()).body();
        assertThat(page).contains("\"place\":\"here\"");
      }
    }
  }
}
