package engineroom.door.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The schema of the small shop, whole, as callers with different rights see it. What they are now
/// is in `target`; a change needs a reason in its commit.
class SchemaTextTest {
  private static final Path FILES = Path.of("src/test/resources/graphql");

  @ParameterizedTest
  @CsvSource({"admin, administrator", "user bob, customer"})
  void is_as_it_was(String caller, String name) throws IOException {
    var text = Graph.shop().send(caller, "GET", "/graphql/schema", Map.of(), "").body();
    var file = FILES.resolve(name + ".graphql");
    Files.writeString(Path.of("target", name + ".graphql"), text);
    assertThat(text).isEqualTo(Files.readString(file));
  }
}
