package engineroom.server;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.app.App.Mode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

/// An app on a server of PostgreSQL and on standbys of it, served by some processes, and a client
/// that minds who answers.
final class ReplicatedApp implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(60);

  /// What a client says that has written nothing.
  static final String NOTHING_WRITTEN = "0";

  private static final AtomicInteger DATABASES = new AtomicInteger();

  private final Path folder;
  private final OwnPostgres primary;
  private final String database = "notes" + DATABASES.incrementAndGet();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final List<Node> nodes = new ArrayList<>();

  ReplicatedApp(Path folder, OwnPostgres primary) {
    this.folder = folder;
    this.primary = primary;
    primary.execute("postgres", "CREATE DATABASE " + database + " TEMPLATE template0");
  }

  String database() {
    return database;
  }

  /// Waits until something is so.
  static void within(Callable<Boolean> holds) {
    var end = System.nanoTime() + PATIENCE.toNanos();
    try {
      while (!holds.call()) {
        assertThat(System.nanoTime()).as("not so after " + PATIENCE).isLessThan(end);
        Thread.sleep(20);
      }
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  String model(int copy, String option, String fields) {
    return """
    engineroom: 1
    name: Notes
    store: postgres://postgres@localhost:%d/%s?replicas=localhost:%d%s
    settings: { rates: off }
    entities:
      note: { fields: { text: text%s }, access: { read: true, write: true } }
    """
        .formatted(primary.port(), database, copy, option, fields);
  }

  Node node(String name, Mode mode, String model) throws IOException {
    var node = new Node(folder.resolve(name)).with(model);
    if (!nodes.isEmpty()) {
      node.keysOf(nodes.getFirst());
    }
    nodes.add(node);
    return node.start(mode);
  }

  /// A process that reads from a replica already.
  Node reading(String name, int copy, String option) throws IOException {
    var node = node(name, Mode.PRODUCTION, model(copy, option, ""));
    within(() -> answeredBy(read(node, NOTHING_WRITTEN)).equals("replica"));
    return node;
  }

  HttpResponse<String> send(Node at, String method, String path, String body, String after)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + at.port() + path))
            .timeout(PATIENCE)
            .method(method, BodyPublishers.ofString(body));
    if (!body.isEmpty()) {
      request.header("Content-Type", "application/json");
    }
    if (!after.isEmpty()) {
      request.header("Engineroom-After", after);
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  HttpResponse<String> read(Node at, String after) throws IOException, InterruptedException {
    var answer = send(at, "GET", "/api/notes?limit=500", "", after);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer;
  }

  static String answeredBy(HttpResponse<String> answer) {
    return answer.headers().firstValue("Engineroom-Read").orElse("nobody");
  }

  static String position(HttpResponse<String> answer) {
    var position = answer.headers().firstValue("Engineroom-Position");
    assertThat(position).as(answer.body()).isPresent();
    return position.get();
  }

  /// Makes an account by a browser; the cookie of its session comes back.
  String signedUp(Node at) throws IOException, InterruptedException {
    var up =
        "{\"email\":\"bob@example.org\",\"password\":\"quiet river under it\","
            + "\"session\":\"cookie\"}";
    var answer = send(at, "POST", "/auth/sign-up", up, "");
    var cookie = answer.headers().firstValue("Set-Cookie");
    assertThat(cookie).as(answer.body()).isPresent();
    return cookie.get().substring(0, cookie.get().indexOf(';'));
  }

  /// Asks for notes, or writes one, as a page of the process's own does in a browser.
  HttpResponse<String> browse(Node at, String method, String body, String cookies)
      throws IOException, InterruptedException {
    var origin = "http://127.0.0.1:" + at.port();
    var request =
        HttpRequest.newBuilder(URI.create(origin + "/api/notes"))
            .method(method, BodyPublishers.ofString(body))
            .header("Cookie", cookies)
            .header("Origin", origin)
            .header("X-Requested-With", "engineroom");
    if (!body.isEmpty()) {
      request.header("Content-Type", "application/json");
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  /// How a process reads what an administrator asks who has written nothing.
  String explained(Node at, String path) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + at.port() + path))
            .header("Authorization", "Bearer " + Node.KEY)
            .header("Engineroom-After", NOTHING_WRITTEN)
            .build();
    return http.send(request, BodyHandlers.ofString()).body();
  }

  HttpResponse<String> write(Node at, String text) throws IOException, InterruptedException {
    var written = send(at, "POST", "/api/notes", "{\"text\":\"" + text + "\"}", "");
    assertThat(written.statusCode()).as(written.body()).isEqualTo(201);
    return written;
  }

  HttpResponse<String> ask(Node at, String document, String after)
      throws IOException, InterruptedException {
    var answer = send(at, "POST", "/graphql", "{\"query\":\"" + document + "\"}", after);
    assertThat(answer.body()).doesNotContain("errors");
    return answer;
  }

  @Override
  public void close() {
    nodes.forEach(Node::close);
    http.close();
  }
}
