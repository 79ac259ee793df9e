package engineroom.modelfile;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.json.SchemaCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelSchemaTest {
  private final SchemaCheck check = new SchemaCheck();

  @TempDir Path folder;

  private List<String> mistakes(Path app) {
    var yaml = new Mistakes();
    var part = YamlFile.read(app, app.resolve(ModelReader.FILE), yaml).orElseThrow();
    assertThat(yaml.list()).isEmpty();
    return check.mistakes(ModelSchema.text(), PartJson.text(part));
  }

  private List<String> mistakes(String text) throws IOException {
    Files.writeString(folder.resolve(ModelReader.FILE), text);
    return mistakes(folder);
  }

  @Test
  void accepts_the_example_of_the_design() {
    assertThat(mistakes(Path.of("src/test/resources/modelfile/shop"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"atlas", "notes", "shop"})
  void accepts_every_example(String name) {
    assertThat(mistakes(Path.of("../examples", name))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"catalog", "sales", "stock"})
  void accepts_the_entities_of_files_in_the_folder_model(String name) throws IOException {
    var entities = Files.readString(Path.of("../examples/shop/model", name + ".yaml"));
    assertThat(mistakes(entities)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nmae: Shop",
        "engineroom: one",
        "entities: [product]",
        "entities: { Product: { fields: { name: text } } }",
        "entities: { product: { colour: red } }",
        "entities: { product: { fields: { Name: text } } }",
        "entities: { product: { fields: { name: { typ: text } } } }",
        "entities: { product: { fields: { name: { type: text, unique: often } } } }",
        "entities: { product: { fields: { name: { type: text, max: many } } } }",
        "entities: { product: { fields: { p: { type: product, onDelete: erase } } } }",
        "entities: { product: { checks: always } }",
        "entities: { product: { access: { raed: true } } }",
        "entities: { product: { access: { fields: { name: { raed: true } } } } }",
        "entities: { product: { changes: sometimes } }",
        "roles: { staff: { include: [] } }",
        "settings: { limits: { pageRow: 3 } }",
        "settings: { cors: { orgins: [] } }"
      })
  void refuses_what_the_reader_refuses(String text) throws IOException {
    assertThat(mistakes(text)).isNotEmpty();
  }

  @Test
  void knows_every_key_of_the_language_and_what_it_means() {
    var schema = ModelSchema.text();
    Stream.<Map<String, Options.Option>>of(
            Options.TOP,
            Options.SETTINGS,
            Options.CORS,
            Options.LIMITS,
            Options.RATES,
            Options.AUDIT,
            Options.ROLE,
            Options.ENTITY,
            Options.FIELD,
            Options.CHECK,
            Options.ACCESS,
            Options.FIELD_ACCESS)
        .flatMap(table -> table.values().stream())
        .forEach(
            option ->
                assertThat(schema)
                    .contains("\"" + option.name() + "\": {")
                    .contains(option.description()));
  }
}
