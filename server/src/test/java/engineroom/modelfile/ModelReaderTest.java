package engineroom.modelfile;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.data.Type.Scalar;
import engineroom.data.Value;
import engineroom.expression.Expression;
import engineroom.expression.ExpressionReader;
import engineroom.json.SchemaCheck;
import engineroom.model.Entity.InverseList;
import engineroom.model.Field;
import engineroom.model.FieldType;
import engineroom.model.FieldType.OnDelete;
import engineroom.model.FieldType.Plain;
import engineroom.model.FieldType.Reference;
import engineroom.model.Model;
import engineroom.model.ModelScope;
import engineroom.model.ModelScope.Use;
import engineroom.modelfile.ModelReader.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelReaderTest {
  private static final Path SHOP = Path.of("src/test/resources/modelfile/shop");

  @TempDir Path folder;

  private static Reading.Good good(Path app, Map<String, String> environment) {
    return switch (ModelReader.read(app, environment, new SchemaCheck())) {
      case Reading.Good good -> good;
      case Reading.Bad(var mistakes) -> throw new AssertionError(mistakes);
    };
  }

  private static Model shop() {
    return good(SHOP, Map.of()).model();
  }

  private Reading.Good read(String text) throws IOException {
    Files.writeString(folder.resolve("engineroom.yaml"), text);
    return good(folder, Map.of());
  }

  private static Field field(Model model, String entity, String name) {
    return model.entity(entity).field(name);
  }

  private static Expression expression(String text, String entity, Use use) {
    return ExpressionReader.read(text, ModelScope.of(shop(), entity, use), Scalar.BOOLEAN)
        .expression();
  }

  @Test
  void reads_the_entities_of_the_example_in_their_order_and_the_users() {
    assertThat(shop().name()).isEqualTo("Corner shop");
    assertThat(shop().store()).isEqualTo("sqlite:data/shop.db");
    assertThat(shop().entities().keySet()).startsWith("category", "product", "review", "user");
    assertThat(shop().roles())
        .isEqualTo(Map.of("staff", Set.of("staff"), "owner", Set.of("owner", "staff")));
  }

  @Test
  void reads_the_fields_of_the_example_with_their_types() {
    var product = shop().entity("product");
    assertThat(product.fields().keySet())
        .containsExactly(
            "id",
            "version",
            "createdAt",
            "updatedAt",
            "name",
            "details",
            "price",
            "cost",
            "stock",
            "status",
            "category",
            "keywords");
    assertThat(product.field("id").type()).isEqualTo(Plain.UUID);
    assertThat(product.field("name").type())
        .isEqualTo(new FieldType.Text(FieldType.Format.PLAIN, null, 120, null, false, null));
    assertThat(product.field("price").type()).isEqualTo(new FieldType.Money("EUR", 0L, null));
    assertThat(product.field("stock").type()).isEqualTo(new FieldType.Whole(0L, null));
    assertThat(product.field("status").type())
        .isEqualTo(new FieldType.Choice(List.of("draft", "active", "retired")));
    assertThat(product.field("category").type())
        .isEqualTo(new Reference("category", "products", OnDelete.RESTRICT, false));
    assertThat(product.field("keywords").type())
        .isEqualTo(new FieldType.ListOf(FieldType.Text.PLAIN));
  }

  @Test
  void reads_which_fields_are_required_and_which_are_searched() {
    assertThat(field(shop(), "product", "name").required()).isTrue();
    assertThat(field(shop(), "product", "details").required()).isFalse();
    assertThat(field(shop(), "product", "details").traits().search()).isTrue();
    assertThat(field(shop(), "product", "stock").traits()).isEqualTo(Field.Traits.NONE);
  }

  @Test
  void reads_defaults_as_values_and_presets_as_expressions() {
    assertThat(field(shop(), "product", "stock").filling().initial())
        .isEqualTo(new Expression.Literal(Value.of(0), Scalar.INTEGER));
    assertThat(field(shop(), "product", "status").filling().initial())
        .isEqualTo(new Expression.Literal(Value.of("draft"), Scalar.TEXT));
    var author = field(shop(), "review", "author").filling();
    assertThat(author.initial()).isNull();
    assertThat(author.preset())
        .isInstanceOfSatisfying(
            Expression.Fact.class,
            fact -> assertThat(fact.kind()).isEqualTo(Expression.FactKind.CALLER_ID));
  }

  @Test
  void reads_the_rules_of_entities_and_fields() {
    var product = shop().entity("product").access();
    assertThat(product.read())
        .isEqualTo(expression("status == 'active' || caller.is('staff')", "product", Use.RULE));
    assertThat(product.delete()).isEqualTo(expression("caller.is('owner')", "product", Use.CHANGE));
    assertThat(shop().entity("review").access().update())
        .isEqualTo(expression("author == caller.id", "review", Use.CHANGE));
    assertThat(shop().entity("review").access().read()).isEqualTo(Expression.TRUE);
    assertThat(shop().entity("category").access().read()).isEqualTo(Expression.FALSE);
    var owner = expression("caller.is('owner')", "product", Use.RULE);
    assertThat(field(shop(), "product", "cost").access())
        .isEqualTo(new Field.FieldAccess(owner, owner));
    assertThat(field(shop(), "product", "name").access()).isEqualTo(Field.FieldAccess.OPEN);
  }

  @Test
  void reads_keys_and_inverse_lists() {
    assertThat(shop().entity("category").keys().uniques()).containsExactly(List.of("name"));
    assertThat(shop().entity("review").keys().uniques())
        .containsExactly(List.of("product", "author"));
    assertThat(shop().entity("product").keys().indexes())
        .containsExactly(List.of("category", "price"), List.of("status"));
    assertThat(shop().entity("product").lists().values())
        .containsExactly(new InverseList("reviews", "review", "product", false));
    assertThat(field(shop(), "review", "product").type())
        .isEqualTo(new Reference("product", "reviews", OnDelete.CASCADE, false));
  }

  @Test
  void reads_plurals_labels_and_descriptions() {
    assertThat(shop().findPlural("categories")).contains(shop().entity("category"));
    assertThat(shop().findPlural("products")).contains(shop().entity("product"));
    assertThat(shop().entity("product").notes().label()).isEqualTo("name");
    assertThat(shop().entity("product").notes().description()).isEqualTo("Something we sell.");
  }

  @Test
  void warns_of_an_entity_that_nobody_may_use() {
    assertThat(good(SHOP, Map.of()).warnings())
        .containsExactly("category has no access rules: only administrators can use it.");
  }

  @Test
  void warns_of_a_check_that_ties_an_open_field_to_a_secret_one() {
    var warnings = good(Path.of("../examples/shop"), Map.of()).warnings();
    assertThat(warnings)
        .singleElement()
        .asString()
        .startsWith("product: the check no_loss ties price to cost, which not everybody may read.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"atlas", "notes", "shop"})
  void reads_every_example(String name) {
    assertThat(good(Path.of("../examples", name), Map.of()).model().entities()).isNotEmpty();
  }

  @Test
  void fills_in_variables_of_the_environment() {
    assertThat(good(SHOP, Map.of("DATABASE_URL", "sqlite:/tmp/x.db")).model().store())
        .isEqualTo("sqlite:/tmp/x.db");
    assertThat(good(SHOP, Map.of("DATABASE", "sqlite:/tmp/x.db")).model().store())
        .isEqualTo("sqlite:data/shop.db");
  }

  @Test
  void merges_the_entities_of_all_files() throws IOException {
    var models = Files.createDirectories(folder.resolve("model/deep"));
    Files.writeString(
        models.resolve("order.yaml"), "order: { fields: { product: product }, access: {} }");
    Files.writeString(
        folder.resolve("model/tag.yml"), "entities: { tag: { fields: { name: text } } }");
    var model =
        read("engineroom: 1\nname: A\nentities: { product: { fields: { name: text } } }\n").model();
    assertThat(model.entities().keySet()).startsWith("product", "order", "tag", "user");
    assertThat(model.entity("product").lists().keySet()).containsExactly("orders");
  }

  @Test
  void gives_a_decimal_18_digits_and_6_of_them_behind_the_point() throws IOException {
    var model =
        read("engineroom: 1\nname: A\nentities: { a: { fields: { b: decimal, c: decimal? } } }\n");
    assertThat(field(model.model(), "a", "b").type())
        .isEqualTo(new FieldType.Decimal(18, 6, null, null));
  }

  @Test
  void takes_a_default_behind_an_equals_sign_as_an_expression() throws IOException {
    var model =
        read("engineroom: 1\nname: A\nentities: { a: { fields: {"
                + " b: { type: date, default: today }, c: { type: text, default: today },"
                + " d: { type: text, default: \"=lower('A')\" } } } }\n")
            .model();
    assertThat(field(model, "a", "b").filling().initial()).isInstanceOf(Expression.Fact.class);
    assertThat(field(model, "a", "c").filling().initial())
        .isEqualTo(new Expression.Literal(Value.of("today"), Scalar.TEXT));
    assertThat(field(model, "a", "d").filling().initial()).isInstanceOf(Expression.Call.class);
  }

  @Test
  void reads_settings_and_keeps_the_usual_ones() throws IOException {
    var settings =
        read("""
                engineroom: 1
                name: A
                settings:
                  cors: { origins: [https://shop.example] }
                  limits: { pageRows: 50, requestSeconds: 5 }
                entities: { a: { fields: { b: text } } }
                """)
            .settings();
    assertThat(settings.origins()).containsExactly("https://shop.example");
    assertThat(settings.limits().pageRows()).isEqualTo(50);
    assertThat(settings.limits().request()).isEqualTo(Duration.ofSeconds(5));
    assertThat(settings.limits().sortKeys()).isEqualTo(Settings.defaults().limits().sortKeys());
  }

  @Test
  void adds_the_owners_fields_to_the_users() throws IOException {
    var user =
        read("engineroom: 1\nname: A\nentities: { user: { fields: { nick: text? } } }\n")
            .model()
            .entity("user");
    assertThat(user.fields().keySet())
        .startsWith("id", "version", "createdAt", "updatedAt", "email", "name")
        .endsWith("nick");
    assertThat(user.field("email").traits().unique()).isTrue();
  }

  @Test
  void takes_the_owners_rules_for_users_beside_those_of_ours() throws IOException {
    var user =
        read("""
                engineroom: 1
                name: A
                entities:
                  user:
                    fields: { name: { type: text, max: 9 } }
                    unique: [ [name, locale] ]
                    access: { read: true }
                """)
            .model()
            .entity("user");
    assertThat(user.access().read()).isEqualTo(Expression.TRUE);
    assertThat(user.access().update()).isNotEqualTo(Expression.FALSE);
    assertThat(user.field("name").required()).isTrue();
    assertThat(user.keys().uniques()).contains(List.of("name", "locale"), List.of("email"));
  }
}
