package engineroom.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import engineroom.door.openapi.AnswerCheck;
import engineroom.door.openapi.AnswerCheck.Answered;
import engineroom.door.openapi.AnswerCheck.Asked;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Stands before a running server, hands on every request, and holds each answer against the
/// OpenAPI document that the same caller is served.
final class DescribedProxy implements AutoCloseable {
  private static final Set<String> OF_CONNECTIONS =
      Set.of("host", "connection", "content-length", "transfer-encoding");

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI server;
  private final HttpServer listener;
  private final List<String> mistakes = new ArrayList<>();
  private int checked;

  DescribedProxy(int port) throws IOException {
    server = URI.create("http://127.0.0.1:" + port);
    listener = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    listener.createContext("/", this::handOn);
    listener.start();
  }

  int port() {
    return listener.getAddress().getPort();
  }

  /// What was not as described so far.
  List<String> mistakes() {
    return List.copyOf(mistakes);
  }

  /// How many answers were looked at.
  int checked() {
    return checked;
  }

  private void handOn(HttpExchange exchange) throws IOException {
    var headers = new LinkedHashMap<String, String>();
    exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.getFirst()));
    headers.keySet().removeIf(name -> OF_CONNECTIONS.contains(name.toLowerCase(Locale.ROOT)));
    var target = exchange.getRequestURI().toString();
    var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    var asked = new Asked(exchange.getRequestMethod(), target, headers, body);
    var answer = send(asked);
    check(asked, answer);
    answer
        .headers()
        .map()
        .forEach((name, values) -> exchange.getResponseHeaders().put(name, List.copyOf(values)));
    var bytes = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().remove("Transfer-Encoding");
    exchange.sendResponseHeaders(answer.statusCode(), bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private void check(Asked asked, HttpResponse<String> answer) throws IOException {
    var caller = new LinkedHashMap<String, String>();
    asked.headers().entrySet().stream()
        .filter(header -> header.getKey().equalsIgnoreCase("Authorization"))
        .forEach(header -> caller.put(header.getKey(), header.getValue()));
    var document = send(new Asked("GET", "/openapi.json", caller, "")).body();
    var headers = new LinkedHashMap<String, String>();
    answer.headers().map().forEach((name, values) -> headers.put(name, values.getFirst()));
    AnswerCheck.of(document)
        .mistakes(asked, new Answered(answer.statusCode(), headers, answer.body()))
        .forEach(mistake -> mistakes.add(asked.method() + " " + asked.target() + ": " + mistake));
    checked++;
  }

  private HttpResponse<String> send(Asked asked) throws IOException {
    var request =
        HttpRequest.newBuilder(server.resolve(asked.target()))
            .method(asked.method(), BodyPublishers.ofString(asked.body()));
    asked.headers().forEach(request::header);
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", interrupted);
    }
  }

  @Override
  public void close() {
    listener.stop(0);
    client.close();
  }
}
