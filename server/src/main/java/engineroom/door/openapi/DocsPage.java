package engineroom.door.openapi;

import static engineroom.problem.ProblemException.problem;

import engineroom.http.Handler;
import engineroom.http.Request;
import engineroom.http.Response;
import engineroom.problem.RequestProblem.NoSuchMethod;
import engineroom.problem.RequestProblem.NoSuchPath;
import java.nio.charset.StandardCharsets;

/// Shows the OpenAPI document to people: `GET /docs`, and the two scripts that it needs. All of it
/// comes from this program; the page may not load anything from elsewhere.
public final class DocsPage implements Handler {
  private static final String SCALAR = "/META-INF/resources/webjars/scalar/scalar.js";

  /// Scalar writes style elements of its own; it needs neither `eval` nor script within the page.
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
          + "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; "
          + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private static final String PAGE =
      """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>API</title>
      <link rel="icon" href="data:,">
      </head>
      <body>
      <div id="app"></div>
      <script src="/docs/scalar.js?{scalar}"></script>
      <script src="/docs/start.js?{start}"></script>
      </body>
      </html>
      """;

  private static final String START =
      """
      Scalar.createApiReference("#app", {
        url: "/openapi.json",
        withDefaultFonts: false,
        telemetry: false,
        proxyUrl: "",
        hideClientButton: true,
        showDeveloperTools: "never",
        agent: { disabled: true },
        mcp: { disabled: true },
      });
      """;

  /// The large script: read and compressed once, when first asked for.
  private static final class Scalar {
    private static final byte[] PLAIN = Assets.read(SCALAR);
    private static final byte[] GZIPPED = Assets.gzip(PLAIN);
    private static final String TAG = Assets.tag(PLAIN);
  }

  @Override
  public Response handle(Request request) {
    if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
      throw problem(new NoSuchMethod("The documentation is only read.", "GET, HEAD"));
    }
    return switch (request.path()) {
      case "/docs", "/docs/" -> page();
      case "/docs/start.js" -> kept(script(START.getBytes(StandardCharsets.UTF_8)));
      case "/docs/scalar.js" -> scalar(request);
      case String path ->
          throw problem(
              new NoSuchPath(path + " does not exist.", "The documentation is at /docs."));
    };
  }

  private static Response page() {
    var start = Assets.tag(START.getBytes(StandardCharsets.UTF_8)).replace("\"", "");
    var html = PAGE.replace("{scalar}", Scalar.TAG.replace("\"", "")).replace("{start}", start);
    return Response.of(200, "text/html; charset=utf-8", html.getBytes(StandardCharsets.UTF_8))
        .with("Content-Security-Policy", POLICY)
        .with("Referrer-Policy", "no-referrer")
        .with("Cache-Control", "no-cache");
  }

  private static Response scalar(Request request) {
    boolean zipped =
        request.headers().find("Accept-Encoding").filter(text -> text.contains("gzip")).isPresent();
    var answer =
        zipped ? script(Scalar.GZIPPED).with("Content-Encoding", "gzip") : script(Scalar.PLAIN);
    return kept(answer).with("Vary", "Accept-Encoding");
  }

  private static Response script(byte[] bytes) {
    return Response.of(200, "text/javascript; charset=utf-8", bytes)
        .with("X-Content-Type-Options", "nosniff");
  }

  /// The page names its scripts by their content, so that they may be kept for a year.
  private static Response kept(Response answer) {
    return answer.with("Cache-Control", "public, max-age=31536000, immutable");
  }
}
