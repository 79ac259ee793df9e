package engineroom.modelfile;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.json.SchemaCheck;
import engineroom.model.Model;
import engineroom.modelfile.ModelReader.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelDifferenceTest {
  private static final String BEFORE =
      "product: { fields: { name: text, price: integer }, access: { read: true } }";

  @TempDir Path folder;

  private Model model(String entities) throws IOException {
    Files.writeString(
        folder.resolve("engineroom.yaml"),
        "engineroom: 1\nname: A\nentities: { " + entities + " }\n");
    return switch (ModelReader.read(folder, Map.of(), new SchemaCheck())) {
      case Reading.Good good -> good.model();
      case Reading.Bad(var mistakes) -> throw new AssertionError(mistakes);
    };
  }

  @Test
  void says_nothing_of_models_that_are_the_same() throws IOException {
    assertThat(ModelDifference.between(model(BEFORE), model(BEFORE))).isEmpty();
  }

  @Test
  void tells_what_came_and_what_went() throws IOException {
    var after =
        "product: { fields: { name: text, weight: integer }, access: { read: true } },"
            + " tag: { fields: { name: text } }";
    assertThat(ModelDifference.between(model(BEFORE), model(after)))
        .containsExactly("+ tag", "+ product.weight", "- product.price");
  }

  @Test
  void tells_which_fields_rules_and_keys_changed() throws IOException {
    var after =
        "product: { plural: goods, label: name, fields: { name: text, price: integer? },"
            + " unique: [name], access: { read: caller.signedIn } }";
    assertThat(ModelDifference.between(model(BEFORE), model(after)))
        .containsExactly(
            "~ product.price",
            "~ product access",
            "~ product unique, indexes or checks",
            "~ product plural",
            "~ product description or label");
  }

  @Test
  void tells_a_new_name_as_such() throws IOException {
    var after =
        "article: { was: product, fields: { title: { type: text, was: name }, price: integer },"
            + " access: { read: true } }";
    assertThat(ModelDifference.between(model(BEFORE), model(after)))
        .contains("~ article, which was product", "~ article.title, which was name")
        .noneMatch(line -> line.startsWith("+") || line.startsWith("-"));
  }
}
