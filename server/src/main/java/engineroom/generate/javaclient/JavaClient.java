package engineroom.generate.javaclient;

import engineroom.generate.ClientName;
import engineroom.generate.Surface;
import engineroom.generate.Templates;
import engineroom.model.Entity;
import engineroom.model.Model;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A client in Java: a Maven project that knows a model's names and types. What all models share is
/// copied into a package of its own; the types and the names come from the model alone.
public final class JavaClient {
  private static final List<String> SHARED =
      List.of(
          ("Accounts Batch Condition Connection Cookies Deleted Expandable Expansion Field"
                  + " FileOfRows GraphQl Group Having Import Imported Imports Input Json JsonParser"
                  + " JsonPrinter ListChange ListField Listed Measure Money NumberField Options"
                  + " OrderedField Page Pages Parameters PlainConditions PlainField Point Problem"
                  + " ProblemException Question Reference ReferenceField Request Rows Shown SignIn"
                  + " SortKey Sublist TextField TimeField Tokens Total Totals UniqueKey ValueField"
                  + " Values ValuesField Version package-info")
              .split(" "));

  private final Surface surface;
  private final String packageName;
  private final JavaNames names;
  private final JavaTypes types;
  private final Templates templates = new Templates(JavaClient.class);
  private final Map<String, String> files = new LinkedHashMap<>();

  private JavaClient(Model model, String packageName) {
    this.surface = new Surface(model);
    this.packageName = packageName;
    this.names = new JavaNames(surface);
    this.types = new JavaTypes(surface, names);
  }

  /// The files of the project, by their paths.
  ///
  /// @param packageName of the types of the model: `com.example.shop`
  public static Map<String, String> files(Model model, String packageName) {
    return new JavaClient(model, packageName).files();
  }

  private Map<String, String> files() {
    files.put("pom.xml", filled("pom.xml"));
    files.put("README.md", filled("README.md"));
    for (var name : SHARED) {
      var text = JavaText.NOTE + filled("client/" + name + ".java");
      files.put(folder() + "client/" + name + ".java", text);
    }
    files.put(folder() + "package-info.java", JavaText.NOTE + filled("package-info.java"));
    surface.entities().forEach(this::entity);
    put(names.client(), client());
    return files;
  }

  private String folder() {
    return "src/main/java/" + packageName.replace('.', '/') + "/";
  }

  private void put(String type, JavaText text) {
    files.put(folder() + type + ".java", text.in(packageName));
  }

  private String filled(String template) {
    var first = surface.entities().iterator().next();
    var name = surface.model().name();
    return templates
        .text(template)
        .replace("{{package}}", packageName)
        .replace("{{artifact}}", ClientName.of(name))
        .replace("{{name}}", JavaText.told(name))
        .replace("{{client}}", names.client())
        .replace("{{rows}}", JavaNames.member(first.plural()))
        .replace("{{type}}", names.type(first.name()));
  }

  private void entity(Entity entity) {
    var type = names.type(entity.name());
    var rows = new RowSource(surface, names, types, entity);
    put(type, rows.row());
    put(type + "Ref", rows.reference());
    for (var field : entity.fields().values()) {
      var choices = names.choices(entity, field);
      if (!choices.equals("String")) {
        put(choices, rows.choices(field));
      }
    }
    var inputs = new InputSource(surface, names, types, entity);
    put(type + "Create", inputs.create());
    put(type + "Change", inputs.change());
    put(type + "Fields", new FieldsSource(surface, names, types, entity).source());
  }

  private JavaText client() {
    var methods = new ArrayList<String>();
    surface.entities().forEach(entity -> methods.add(rows(entity)));
    var source =
        templates
            .text("Client.java")
            .replace("{{client}}", names.client())
            .replace("{{name}}", JavaText.told(surface.model().name()))
            .replace("{{user}}", names.type("user"))
            .replace("{{rows}}", String.join("\n", methods).stripTrailing());
    return new JavaText().line(source.stripTrailing());
  }

  private String rows(Entity entity) {
    var about = entity.notes().description();
    var id = types.id(entity);
    return """
      /** {{about}} */
      public Rows<{{type}}, {{id}}, {{type}}Create, {{type}}Change> {{member}}() {
        return Rows.of(connection, new Rows.Kind<>({{plural}}, {{values}}, {{type}}::read));
      }
    """
        .replace(
            "{{about}}",
            JavaText.told(about == null ? "The rows of " + entity.plural() + "." : about))
        .replace("{{type}}", names.type(entity.name()))
        .replace("{{id}}", id.type())
        .replace("{{member}}", JavaNames.member(entity.plural()))
        .replace("{{plural}}", JavaText.quoted(entity.plural()))
        .replace("{{values}}", id.values());
  }
}
