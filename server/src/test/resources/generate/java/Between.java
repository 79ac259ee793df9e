import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Something between that loses the first answer to each path, or is not ready. */
final class Between implements AutoCloseable {
  final com.sun.net.httpserver.HttpServer server;
  final List<String> keys = new ArrayList<>();

  Between(String to, Predicate<Integer> lost) throws Exception {
    server = com.sun.net.httpserver.HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    var http = java.net.http.HttpClient.newHttpClient();
    server.createContext(
        "/",
        exchange -> {
          keys.add(String.valueOf(exchange.getRequestHeaders().getFirst("Idempotency-Key")));
          var body = exchange.getRequestBody().readAllBytes();
          var request =
              java.net.http.HttpRequest.newBuilder(
                      java.net.URI.create(to + exchange.getRequestURI()))
                  .method(
                      exchange.getRequestMethod(),
                      java.net.http.HttpRequest.BodyPublishers.ofByteArray(body));
          for (var name :
              List.of("Authorization", "Content-Type", "Idempotency-Key", "If-Match")) {
            var value = exchange.getRequestHeaders().getFirst(name);
            if (value != null) {
              request.setHeader(name, value);
            }
          }
          try {
            var answer =
                http.send(request.build(), java.net.http.HttpResponse.BodyHandlers.ofByteArray());
            if (lost.test(keys.size())) {
              exchange.close();
              return;
            }
            exchange.sendResponseHeaders(
                answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
            exchange.getResponseBody().write(answer.body());
            exchange.close();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
