package engineroom.http;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Where and how the server listens.
///
/// @param port 0 takes any free one
/// @param origins that browsers may call from, each exactly as a browser sends it:
///   `https://shop.example`
/// @param tls null serves without encryption
/// @param shutdown how long requests under way may go on once the server is told to stop
/// @param proxies trusted to tell whom they ask for
public record HttpConfig(
    String host,
    int port,
    Limits limits,
    Set<String> origins,
    @Nullable Tls tls,
    Duration shutdown,
    Proxies proxies) {
  private static final Proxies NO_PROXIES = new Proxies(List.of());

  public HttpConfig {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port must be 0 to 65535, was " + port);
    }
    origins = Set.copyOf(origins);
    for (var origin : origins) {
      if (!origin.matches("https?://[a-z0-9.:\\[\\]-]+")) {
        throw new IllegalArgumentException(
            "origin must be a scheme, a host and perhaps a port, as https://shop.example, was "
                + origin);
      }
    }
  }

  /// PEM files.
  ///
  /// @param certificate the server's certificate first, then those that vouch for it
  /// @param key PKCS#8, not encrypted
  public record Tls(Path certificate, Path key) {}

  /// Port 8080 of this machine only, no other origins, no TLS, 30 s to finish.
  public static HttpConfig defaults() {
    return new HttpConfig(
        "127.0.0.1", 8080, Limits.defaults(), Set.of(), null, Duration.ofSeconds(30), NO_PROXIES);
  }

  /// The same, listening elsewhere.
  public HttpConfig at(String otherHost, int otherPort) {
    return new HttpConfig(otherHost, otherPort, limits, origins, tls, shutdown, proxies);
  }

  /// The same with other limits.
  public HttpConfig within(Limits others) {
    return new HttpConfig(host, port, others, origins, tls, shutdown, proxies);
  }

  /// The same for browsers on these origins.
  public HttpConfig forOrigins(Set<String> others) {
    return new HttpConfig(host, port, limits, others, tls, shutdown, proxies);
  }

  /// The same with TLS.
  public HttpConfig secured(Tls files) {
    return new HttpConfig(host, port, limits, origins, files, shutdown, proxies);
  }

  /// The same behind proxies.
  public HttpConfig behind(Proxies others) {
    return new HttpConfig(host, port, limits, origins, tls, shutdown, others);
  }
}
