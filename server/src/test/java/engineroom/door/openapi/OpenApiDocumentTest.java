package engineroom.door.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.json.SchemaCheck;
import engineroom.model.Model;
import engineroom.seed.SketchedModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OpenApiDocumentTest {
  private static final Model MODEL =
      SketchedModel.of(
          "product: sku text unique, name text?, price money, cost money?, weight decimal?, stock integer,"
              + " status choice, words texts, extra json?, place point?, from date?, at time?,"
              + " lasts duration?, key secret, mail email, set boolean, category category?",
          "category: name text unique, parent category?",
          "order: number integer, made timestamp",
          "line: order +order, product product, factor number");

  /// Sees all, but for the names left out.
  private record Seeing(Set<String> hidden, boolean writes) implements Sight {
    @Override
    public boolean reads(String entity) {
      return !hidden.contains(entity);
    }

    @Override
    public boolean explains() {
      return writes;
    }

    @Override
    public boolean creates(String entity) {
      return writes && reads(entity);
    }

    @Override
    public boolean updates(String entity) {
      return creates(entity);
    }

    @Override
    public boolean deletes(String entity) {
      return creates(entity);
    }

    @Override
    public Set<String> readable(String entity) {
      var names = new HashSet<>(MODEL.entity(entity).fields().keySet());
      names.addAll(MODEL.entity(entity).lists().keySet());
      names.removeAll(hidden);
      return names;
    }

    @Override
    public Set<String> writable(String entity) {
      var names = readable(entity);
      names.removeIf(
          name ->
              MODEL.entity(entity).findField(name).stream()
                  .anyMatch(field -> field.filling().preset() != null));
      return names;
    }
  }

  private static final Sight ALL = new Seeing(Set.of(), true);

  @Test
  void is_valid_by_the_official_schema() throws IOException {
    var schema = Files.readString(Path.of("src/test/resources/openapi/openapi-3.1.schema.json"));
    var check = new SchemaCheck();
    assertThat(check.mistakes(schema, text(ALL))).isEmpty();
    var broken = text(ALL).replace("\"responses\":{\"200\"", "\"responses\":{\"fine\"");
    assertThat(check.mistakes(schema, broken)).isNotEmpty();
  }

  @Test
  void refers_only_to_what_it_has_and_names_each_operation_once() {
    for (var sight :
        Set.of(ALL, new Seeing(Set.of("category"), true), new Seeing(Set.of("line"), false))) {
      assertThat(new DescribedApi(text(sight)).mistakes()).isEmpty();
    }
    var lost = text(ALL).replace("\"Product.page\":", "\"Product.paper\":");
    assertThat(new DescribedApi(lost).mistakes())
        .contains("#/components/schemas/Product.page leads nowhere");
    var twice = text(ALL).replace("product.query", "product.list").replace("{child}", "{kid}");
    assertThat(new DescribedApi(twice).mistakes())
        .anyMatch(mistake -> mistake.startsWith("two operations are called"))
        .anyMatch(mistake -> mistake.contains("names [id, kid], its parameters [child, id]"));
  }

  @Test
  void names_nothing_that_the_caller_may_not_see() {
    var text = text(new Seeing(Set.of("category", "categorys", "cost"), true));
    assertThat(text).contains("\"price\"").doesNotContain("cost").doesNotContain("ategor");
    assertThat(text(ALL)).contains("\"cost\"").contains("/api/categorys");
  }

  @Test
  void offers_no_writing_to_those_who_only_read() {
    var text = text(new Seeing(Set.of(), false));
    assertThat(text)
        .doesNotContain("Product.create")
        .doesNotContain(".rows\"")
        .doesNotContain("onConflict")
        .doesNotContain("\"name\":\"by\"")
        .doesNotContain("product.delete")
        .doesNotContain("\"patch\"");
  }

  @Test
  void describes_lists_written_with_their_row_by_name_as_far_as_they_may_be() {
    assertThat(text(ALL))
        .contains("\"lines\":{\"$ref\":\"#/components/schemas/Order.lines.rows\"}")
        .contains("\"items\":{\"$ref\":\"#/components/schemas/Line.order.add\"}")
        .contains("\"items\":{\"$ref\":\"#/components/schemas/Line.update\"}");
    assertThat(text(new Seeing(Set.of("line", "lines"), true))).doesNotContain(".lines.rows");
  }

  @Test
  void describes_keys_limits_batches_and_retries() {
    assertThat(text(ALL))
        .contains("What rows are found by: `id`, `sku`. Separated by commas.")
        .contains("\"name\":\"max\"")
        .contains("\"minimum\":1,\"maximum\":10000}")
        .contains("\"/api/batch\":{\"post\":")
        .contains("\"minItems\":1,\"maxItems\":100,")
        .contains("\"name\":\"Idempotency-Key\"")
        .contains("\"Idempotency-Replayed\":{\"$ref\":");
    assertThat(text(new Seeing(Set.of("sku"), true))).contains("found by: `id`. Separated");
    var nothing = Set.of("product", "category", "order", "line");
    assertThat(text(new Seeing(nothing, true))).doesNotContain("/api/batch");
  }

  @Test
  void tells_of_positions_where_copies_of_the_database_answer() throws IOException {
    var store = "postgres://ann@db/shop?replicas=db2";
    var copied = new Model(MODEL.name(), store, MODEL.roles(), MODEL.entities());
    var bytes = OpenApiDocument.of(copied, ALL, Limits.defaults());
    var text = new String(bytes, StandardCharsets.UTF_8);
    var schema = Files.readString(Path.of("src/test/resources/openapi/openapi-3.1.schema.json"));
    assertThat(new SchemaCheck().mistakes(schema, text)).isEmpty();
    assertThat(new DescribedApi(text).mistakes()).isEmpty();
    assertThat(text)
        .contains("\"name\":\"Engineroom-After\",\"in\":\"header\"")
        .contains("\"$ref\":\"#/components/parameters/engineroomAfter\"")
        .contains("\"$ref\":\"#/components/headers/Engineroom-Position\"")
        .contains("\"$ref\":\"#/components/headers/Engineroom-Read\"");
    assertThat(text(ALL)).doesNotContain("ngineroomAfter").doesNotContain("Engineroom-");
  }

  @Test
  void shows_no_secret_and_takes_no_preset() {
    var text = text(ALL);
    int create = text.indexOf("\"Product.create\":{");
    assertThat(text.substring(text.indexOf("\"Product\":{"), create)).doesNotContain("\"key\"");
    var body = text.substring(create, text.indexOf("\"Product.change\":{"));
    assertThat(body).contains("\"key\":{\"type\":\"string\",\"format\":\"password\"");
    assertThat(body).doesNotContain("\"set\"");
  }

  @Test
  void shows_types_limits_and_null() {
    assertThat(text(ALL))
        .contains("\"weight\":{\"type\":[\"string\",\"null\"],\"format\":\"decimal\"")
        .contains(
            "\"stock\":{\"type\":\"integer\",\"format\":\"int64\",\"minimum\":0,\"maximum\":1000000000}")
        .contains("\"status\":{\"type\":\"string\",\"enum\":[\"draft\",\"active\"]}")
        .contains("\"currency\":{\"type\":\"string\",\"pattern\":\"^[A-Z]{3}$\",\"const\":\"EUR\"}")
        .contains("\"price.gte\":{\"type\":\"integer\",\"format\":\"int64\"}")
        .contains("\"minimum\":1,\"maximum\":500,\"default\":50");
  }

  private static String text(Sight sight) {
    return new String(OpenApiDocument.of(MODEL, sight, Limits.defaults()), StandardCharsets.UTF_8);
  }
}
