package engineroom.door.graphql;

import engineroom.door.page.Asset;
import engineroom.http.Request;
import engineroom.http.Response;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// GraphiQL, for browsers that come to `/graphql`: all of it from this program, asking in the name
/// of whoever signed in.
final class GraphiqlPage {
  /// Where its scripts are.
  static final String PREFIX = "/graphql/page/";

  private static final String FILES = "/META-INF/resources/graphql-ui/";
  private static final String SCRIPT = "text/javascript";
  private static final String STYLE = "text/css";

  /// No script and no style within the page, and nothing from elsewhere.
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
          + "font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; "
          + "frame-ancestors 'none'";

  private static final String PAGE =
      """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>GraphiQL</title>
      <link rel="icon" href="data:,">
      {graphiql.css}
      {page.css}
      </head>
      <body>
      <div id="graphiql">GraphiQL needs JavaScript.</div>
      {react.js}
      {react-dom.js}
      {graphiql.js}
      {start.js}
      </body>
      </html>
      """;

  private static final String LOOKS =
      """
      html, body { height: 100%; margin: 0; }
      #graphiql { height: 100vh; }
      """;

  /// Nothing is kept in the browser: what somebody asks may hold what only they may know.
  private static final String START =
      """
      const kept = new Map();
      const storage = {
        get length() { return kept.size; },
        getItem: name => kept.has(name) ? kept.get(name) : null,
        setItem: (name, value) => { kept.set(name, String(value)); },
        removeItem: name => { kept.delete(name); },
        clear: () => { kept.clear(); },
      };
      const fetcher = async (asked, options) => {
        const answer = await fetch("/graphql", {
          method: "POST",
          credentials: "same-origin",
          headers: {
            "Content-Type": "application/json",
            "Accept": "application/graphql-response+json, application/json",
            "X-Requested-With": "engineroom",
            ...(options && options.headers),
          },
          body: JSON.stringify(asked),
        });
        return answer.json();
      };
      const place = document.getElementById("graphiql");
      place.textContent = "";
      ReactDOM.createRoot(place).render(
        React.createElement(GraphiQL, {
          fetcher,
          storage,
          shouldPersistHeaders: false,
          isHeadersEditorEnabled: true,
          defaultQuery: "# Ctrl+Space: what there is. Ctrl+Enter: ask.\\n{\\n  requestId\\n}\\n",
        }),
      );
      document.body.dataset.ready = "true";
      """;

  /// Read and compressed once, when first asked for.
  private static final class Assets {
    private static final Map<String, Asset> ALL =
        Map.of(
            "react.js", Asset.resource(SCRIPT, FILES + "react.production.min.js"),
            "react-dom.js", Asset.resource(SCRIPT, FILES + "react-dom.production.min.js"),
            "graphiql.js", Asset.resource(SCRIPT, FILES + "graphiql.min.js"),
            "graphiql.css", Asset.resource(STYLE, FILES + "graphiql.min.css"),
            "page.css", Asset.of(STYLE, LOOKS),
            "start.js", Asset.of(SCRIPT, START));

    private static final byte[] HTML = html().getBytes(StandardCharsets.UTF_8);

    private static String html() {
      var html = PAGE;
      for (var asset : ALL.entrySet()) {
        var address = PREFIX + asset.getKey() + "?" + asset.getValue().tag();
        var element =
            asset.getKey().endsWith(".css")
                ? "<link rel=\"stylesheet\" href=\"" + address + "\">"
                : "<script src=\"" + address + "\"></script>";
        html = html.replace("{" + asset.getKey() + "}", element);
      }
      return html;
    }
  }

  private GraphiqlPage() {}

  /// Whether a request comes from somebody who opens an address, and asks nothing.
  static boolean wanted(Request request) {
    boolean reads = request.method().equals("GET") || request.method().equals("HEAD");
    var accepts = request.headers().find("Accept").orElse("");
    return reads && request.query().isEmpty() && accepts.contains("text/html");
  }

  static Response page() {
    return Response.of(200, "text/html; charset=utf-8", Assets.HTML)
        .with("Content-Security-Policy", POLICY)
        .with("Referrer-Policy", "no-referrer")
        .with("Cache-Control", "no-cache")
        .with("Vary", "Accept, Authorization, Cookie");
  }

  /// One of its scripts, or null.
  static @Nullable Response asset(Request request) {
    var asset = Assets.ALL.get(request.path().substring(PREFIX.length()));
    return asset == null ? null : asset.answer(request);
  }
}
