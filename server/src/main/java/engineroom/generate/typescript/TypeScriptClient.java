package engineroom.generate.typescript;

import static java.util.stream.Collectors.joining;

import engineroom.door.graphql.schema.SchemaText;
import engineroom.door.graphql.schema.TypeNames;
import engineroom.generate.ClientName;
import engineroom.generate.Surface;
import engineroom.generate.Templates;
import engineroom.model.Entity;
import engineroom.model.Model;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// A client in TypeScript: an npm package that knows a model's names and types. What all models
/// share is copied; the types and the names come from the model alone.
public final class TypeScriptClient {
  private static final List<String> SHARED =
      List.of(
          "tsconfig.json",
          "src/types.ts",
          "src/problems.ts",
          "src/connection.ts",
          "src/parameters.ts",
          "src/rows.ts",
          "src/batch.ts",
          "src/kept.ts",
          "src/transfer.ts",
          "src/accounts.ts",
          "src/graphql.ts");

  private static final String NOTE =
      "// Made by `engineroom generate client`. Make it again when the model has changed.\n\n";

  private final Surface surface;
  private final ScriptNames names;

  private TypeScriptClient(Model model) {
    this.surface = new Surface(model);
    this.names = new ScriptNames(surface.entities());
  }

  /// The files of the package, by their paths.
  public static Map<String, String> files(Model model) {
    return new TypeScriptClient(model).files();
  }

  private Map<String, String> files() {
    var files = new LinkedHashMap<String, String>();
    files.put("package.json", filled(template("package.json")));
    files.put("README.md", filled(template("README.md")));
    SHARED.forEach(file -> files.put(file, template(file)));
    files.put("src/model.ts", NOTE + "import type * as er from \"./types.js\";\n\n" + types());
    files.put("src/entities.ts", NOTE + entities());
    files.put("src/client.ts", NOTE + client());
    files.put("src/graphql-schema.ts", NOTE + graphQl());
    files.put("src/index.ts", NOTE + template("src/index.ts"));
    return files;
  }

  private String filled(String template) {
    var name = surface.model().name();
    var first = surface.entities().iterator().next();
    return template
        .replace("{{package}}", ClientName.of(name))
        .replace("{{description}}", ScriptTypes.quoted("A typed client of " + name + "."))
        .replace("{{name}}", name)
        .replace("{{rows}}", names.constant(first.name()));
  }

  private String types() {
    var text = new ScriptText();
    surface.entities().forEach(entity -> new EntityScript(surface, names, entity).to(text));
    return text.toString().stripTrailing() + "\n";
  }

  private String entities() {
    var imported = each(entity -> "  " + names.type(entity.name()) + "Entity,\n");
    return template("src/entities.ts")
            .replace("  // {{imported}}\n", imported)
            .replace("{{user}}", names.type("user"))
        + each(this::constant).stripTrailing()
        + "\n";
  }

  private String constant(Entity entity) {
    var about = entity.notes().description();
    var comment =
        new ScriptText().comment("", about == null ? "Rows of " + entity.plural() + "." : about);
    return """
        %sexport const %s = (connection: Connection): Rows<%sEntity> =>
          new Rows(connection, %s);

        """
        .formatted(
            comment,
            names.constant(entity.name()),
            names.type(entity.name()),
            ScriptTypes.quoted(entity.plural()));
  }

  private String client() {
    var user = names.type("user");
    var members =
        each(
            entity ->
                new ScriptText().comment("  ", entity.notes().description())
                    + "  readonly %s: Rows<model.%sEntity>;\n"
                        .formatted(names.constant(entity.name()), names.type(entity.name())));
    var values =
        each(
            entity ->
                "    %1$s: entities.%1$s(connection),\n".formatted(names.constant(entity.name())));
    return template("src/client.ts")
        .replace("{{user}}", user)
        .replace("  // {{members}}\n", members)
        .replace("    // {{values}}\n", values);
  }

  private String graphQl() {
    var model = surface.model();
    return GraphQlScript.of(SchemaText.of(model, surface.sight(), new TypeNames(model)));
  }

  private String each(Function<Entity, String> written) {
    return surface.entities().stream().map(written).collect(joining());
  }

  private static String template(String file) {
    return new Templates(TypeScriptClient.class).text(file);
  }
}
