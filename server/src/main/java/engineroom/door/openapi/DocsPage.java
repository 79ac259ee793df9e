package engineroom.door.openapi;

import static engineroom.problem.ProblemException.problem;

import engineroom.door.page.Asset;
import engineroom.http.Handler;
import engineroom.http.Request;
import engineroom.http.Response;
import engineroom.problem.RequestProblem.NoSuchMethod;
import engineroom.problem.RequestProblem.NoSuchPath;
import java.nio.charset.StandardCharsets;

/// Shows the OpenAPI document to people: `GET /docs`, and the two scripts that it needs. All of it
/// comes from this program; the page may not load anything from elsewhere.
public final class DocsPage implements Handler {
  private static final String SCRIPT = "text/javascript";
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
  private static final class Scripts {
    private static final Asset SCALAR = Asset.resource(SCRIPT, DocsPage.SCALAR);
    private static final Asset START = Asset.of(SCRIPT, DocsPage.START);
  }

  @Override
  public Response handle(Request request) {
    if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
      throw problem(new NoSuchMethod("The documentation is only read.", "GET, HEAD"));
    }
    return switch (request.path()) {
      case "/docs", "/docs/" -> page();
      case "/docs/start.js" -> Scripts.START.answer(request);
      case "/docs/scalar.js" -> Scripts.SCALAR.answer(request);
      case String path ->
          throw problem(
              new NoSuchPath(path + " does not exist.", "The documentation is at /docs."));
    };
  }

  private static Response page() {
    var html =
        PAGE.replace("{scalar}", Scripts.SCALAR.tag()).replace("{start}", Scripts.START.tag());
    return Response.of(200, "text/html; charset=utf-8", html.getBytes(StandardCharsets.UTF_8))
        .with("Content-Security-Policy", POLICY)
        .with("Referrer-Policy", "no-referrer")
        .with("Cache-Control", "no-cache");
  }
}
