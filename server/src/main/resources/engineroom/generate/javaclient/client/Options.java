package {{package}}.client;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;

/** How a server is reached. */
public final class Options {
  private static final Duration CONNECTING_MAX = Duration.ofSeconds(10);

  private final URI url;
  private HttpClient http;
  private Tokens.Store tokens = Tokens.Store.inMemory();
  private Cookies cookies;
  private String apiKey;
  private Duration timeout = Duration.ofSeconds(30);
  private int retries = 3;
  private Runnable onSignedOut = () -> {};

  Options(URI url) {
    this.url = url;
  }

  /** These options, whatever becomes of the others. */
  private Options(Options others) {
    this.url = others.url;
    this.http = others.http;
    this.tokens = others.tokens;
    this.cookies = others.cookies == null ? null : new Cookies();
    this.apiKey = others.apiKey;
    this.timeout = others.timeout;
    this.retries = others.retries;
    this.onSignedOut = others.onSignedOut;
  }

  /** A credential that does not change, such as an API key. */
  public Options apiKey(String key) {
    apiKey = key;
    return this;
  }

  /** Keeps the tokens of a session; they are kept in memory otherwise. */
  public Options tokens(Tokens.Store store) {
    tokens = store;
    return this;
  }

  /** The session is a cookie, as browsers have it, in place of tokens; it is kept in memory. */
  public Options cookies() {
    cookies = new Cookies();
    return this;
  }

  /** What a call may take, with all that is tried again; 30 seconds usually. */
  public Options timeout(Duration limit) {
    if (limit.isNegative() || limit.isZero()) {
      throw new IllegalArgumentException("A call needs some time, not " + limit + ".");
    }
    timeout = limit;
    return this;
  }

  /** How often a request that failed on its way, or met 503, is sent again; 3 times usually. */
  public Options retries(int times) {
    if (times < 0) {
      throw new IllegalArgumentException("retries can't be " + times + ".");
    }
    retries = times;
    return this;
  }

  /** In place of a client of its own, where proxies or certificates are special. */
  public Options http(HttpClient client) {
    http = client;
    return this;
  }

  /** Told when the session has ended and can't be renewed. */
  public Options onSignedOut(Runnable told) {
    onSignedOut = told;
    return this;
  }

  /** The connection; nothing is sent before the first call. */
  public Connection open() {
    return new Connection(new Options(this));
  }

  URI url() {
    return url;
  }

  HttpClient http() {
    return http == null ? HttpClient.newBuilder().connectTimeout(CONNECTING_MAX).build() : http;
  }

  Cookies jar() {
    return cookies;
  }

  Tokens.Store tokens() {
    return tokens;
  }

  String apiKey() {
    return apiKey;
  }

  Duration timeout() {
    return timeout;
  }

  int retries() {
    return retries;
  }

  Runnable onSignedOut() {
    return onSignedOut;
  }
}
