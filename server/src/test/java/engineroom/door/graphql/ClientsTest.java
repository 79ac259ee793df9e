package engineroom.door.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.generate.Npm;
import engineroom.generate.Shop;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Apollo Client, urql, and Relay's compiler and runtime against a served shop: queries, mutations,
/// pages, problems and persisted queries as programs meet them.
class ClientsTest {
  private static final Path PROJECT = Path.of("src/test/npm/graphql-clients");

  @TempDir private static Path folder;
  private static Npm npm = new Npm(Path.of("."));
  private static Path shop = Path.of(".");

  @BeforeAll
  static void install() throws Exception {
    npm = Npm.install(PROJECT, folder, "the clients for GraphQL were not tried");
    shop = Shop.model(folder);
  }

  @ParameterizedTest
  @CsvSource({"apollo, 7", "urql, 7", "relay, 6"})
  void works(String client, int parts, @TempDir Path data) throws Exception {
    try (var running = Shop.served(shop, data)) {
      var ran = npm.run("node", client + ".mjs", Shop.url(running), Shop.KEY);
      assertThat(ran.lines()).hasSize(parts).allMatch(line -> line.startsWith("ok "));
      assertThat(ran.status()).isZero();
    }
  }
}
