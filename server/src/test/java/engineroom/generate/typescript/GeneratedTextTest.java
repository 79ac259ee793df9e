package engineroom.generate.typescript;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.app.App.Language;
import engineroom.generate.ClientName;
import engineroom.server.Engineroom;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What is generated of a small model with a field of every kind, held against golden files.
/// `-Dgolden=write` writes them anew; each line is then reviewed like code.
final class GeneratedTextTest {
  private static final Path GOLDEN = Path.of("src/test/resources/generate/kinds");
  private static final String ACCOUNTS = "/** Somebody who can sign in.";

  private static Map<String, String> files() {
    return new Engineroom().client(GOLDEN, Language.TYPESCRIPT);
  }

  @Test
  void types_follow_the_model() throws IOException {
    var model = files().getOrDefault("src/model.ts", "");
    assertThat(model).contains(ACCOUNTS);
    compare("model.ts", model.substring(0, model.indexOf(ACCOUNTS)));
  }

  @Test
  void names_that_are_taken_get_longer_ones() throws IOException {
    for (var name : List.of("package.json", "src/entities.ts", "src/client.ts")) {
      compare(Path.of(name).getFileName().toString(), files().getOrDefault(name, ""));
    }
  }

  @Test
  void nothing_but_types_and_names_depends_on_the_model() {
    var files = files();
    for (var name : List.of("src/connection.ts", "src/rows.ts", "src/types.ts")) {
      assertThat(files.get(name)).isNotBlank().doesNotContain("{{", "item", "Every kind");
    }
    assertThat(files.values()).noneMatch(text -> text.contains("{{"));
  }

  @Test
  void no_type_is_any() {
    assertThat(files().values()).noneMatch(text -> text.matches("(?s).*[:<|] any\\b.*"));
  }

  @Test
  void packages_have_names_that_npm_takes() {
    assertThat(ClientName.of("Corner shop")).isEqualTo("corner-shop-client");
    assertThat(ClientName.of("  Käse & Brot! ")).isEqualTo("kase-brot-client");
    assertThat(ClientName.of("店")).isEqualTo("app-client");
  }

  private static void compare(String name, String text) throws IOException {
    var golden = GOLDEN.resolve(name + ".golden");
    if ("write".equals(System.getProperty("golden"))) {
      Files.writeString(golden, text);
    }
    assertThat(text).isEqualTo(Files.readString(golden));
  }
}
