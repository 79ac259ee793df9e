package engineroom.client;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A running server.
public final class RemoteApi implements Api {
  private static final Duration TIME = Duration.ofMinutes(20);

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String url;
  private final @Nullable String key;

  /// @param key of an administrator, or null to come as a guest
  public RemoteApi(String url, @Nullable String key) {
    if (!url.matches("https?://[^/?#]+/?")) {
      throw new IllegalArgumentException(
          "--url is no address of a server, as http://127.0.0.1:8080.");
    }
    this.url = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    this.key = key;
  }

  @Override
  public Reply send(Ask ask, Watch watch) throws IOException {
    var request = HttpRequest.newBuilder(URI.create(url + ask.target())).timeout(TIME);
    ask.headers().forEach(request::header);
    if (key != null) {
      request.header("Authorization", "Bearer " + key);
    }
    var body = ask.body();
    request.method(ask.method(), body == null ? BodyPublishers.noBody() : sent(body, watch));
    try {
      return reply(client.send(request.build(), BodyHandlers.ofInputStream()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (IOException e) {
      throw new IOException("The server at " + url + " can't be asked: " + e, e);
    }
  }

  private static BodyPublisher sent(Path file, Watch watch) throws IOException {
    long size = Files.size(file);
    return BodyPublishers.ofInputStream(() -> counted(file, size, watch));
  }

  private static InputStream counted(Path file, long size, Watch watch) {
    try {
      return new FilterInputStream(Files.newInputStream(file)) {
        private long sent;

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
          int read = super.read(into, from, length);
          sent += Math.max(read, 0);
          watch.show("bytes sent", sent, size);
          return read;
        }
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Reply reply(HttpResponse<InputStream> response) {
    Map<String, String> headers = new HashMap<>();
    response.headers().map().forEach((name, values) -> headers.put(name, values.getFirst()));
    return new Reply(
        response.statusCode(),
        headers,
        out -> {
          try (var in = response.body()) {
            in.transferTo(out);
          }
        });
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
