package engineroom.modelfile;

import engineroom.modelfile.Table.Choice;
import engineroom.modelfile.Table.Key;
import engineroom.modelfile.Table.Named;
import engineroom.modelfile.Table.Part;
import engineroom.modelfile.Table.Plain;
import engineroom.modelfile.Table.Short;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The words of the model language, version 1.
final class Language {
  /// Words that later versions give a meaning.
  static final Set<String> RESERVED =
      Set.of(
          "states", "compute", "counter", "sequence", "localized", "publish", "history", "tree",
          "blocks", "retain", "tenant", "webhooks", "schedules", "functions", "mails", "view");

  /// Options that all fields have.
  static final Set<String> COMMON =
      Set.of(
          "type", "default", "unique", "search", "set", "readOnly", "writeOnce", "hidden",
          "personal", "description", "label", "was");

  /// The options that a type has beyond these.
  static final Map<String, List<String>> OPTIONS =
      Map.ofEntries(
          Map.entry("text", List.of("min", "max", "pattern", "nonEmpty", "ignoreCase")),
          Map.entry("integer", List.of("min", "max")),
          Map.entry("decimal", List.of("precision", "scale", "min", "max")),
          Map.entry("number", List.of("min", "max")),
          Map.entry("money", List.of("currency", "min", "max")),
          Map.entry("boolean", List.of()),
          Map.entry("timestamp", List.of()),
          Map.entry("date", List.of()),
          Map.entry("time", List.of()),
          Map.entry("duration", List.of()),
          Map.entry("uuid", List.of()),
          Map.entry("enum", List.of("values")),
          Map.entry("email", List.of("max", "ignoreCase")),
          Map.entry("url", List.of("max")),
          Map.entry("slug", List.of("from", "max")),
          Map.entry("phone", List.of()),
          Map.entry("country", List.of()),
          Map.entry("locale", List.of()),
          Map.entry("json", List.of("schema")),
          Map.entry("bytes", List.of("max")),
          Map.entry("secret", List.of()),
          Map.entry("point", List.of()));

  /// The options of references.
  static final List<String> REFERENCE = List.of("inverse", "onDelete", "owned");

  static final Table ROLE =
      Table.of("role",
          key("includes", Plain.NAMES, "Roles that whoever has this one has too."),
          key("description", Plain.TEXT, "What the role is for."));

  static final Table FIELD =
      Table.of("field",
          key("type", Plain.TEXT,
              "What the field holds: a type or an entity's name. `?` at the end: may be absent; `[]`: a list."),
          key("default", Plain.ANYTHING,
              "The value of new rows where none is given; `{expression: …}` for an expression."),
          key("unique", Plain.FLAG, "No two rows have the same value."),
          key("search", Plain.FLAG, "Full-text search looks here. Texts only."),
          key("set", Plain.RULE, "A preset: this expression decides on creation, never the caller."),
          key("readOnly", Plain.FLAG, "No caller writes it."),
          key("writeOnce", Plain.FLAG, "Written on creation only."),
          key("hidden", Plain.FLAG, "Shown to administrators only."),
          key("personal", Plain.FLAG, "Data about a person: kept out of logs, part of an export."),
          key("description", Plain.TEXT, "What the field means, for documentation."),
          key("label", Plain.TEXT, "How forms and lists call the field."),
          key("was", Plain.TEXT, "The field's former name; makes a rename of what would be drop and add."),
          key("min", Plain.AMOUNT, "The least value, length of text, or amount in minor units."),
          key("max", Plain.AMOUNT, "The greatest value, length of text, bytes, or amount."),
          key("pattern", Plain.TEXT, "What the text must contain, in RE2 syntax; anchor it with ^ and $."),
          key("nonEmpty", Plain.FLAG, "Refuses the empty text: the same as min: 1."),
          key("ignoreCase", Plain.FLAG, "Compares, sorts and is unique without regard to case."),
          key("precision", Plain.WHOLE, "Digits in all, 1 to 18."),
          key("scale", Plain.WHOLE, "Digits behind the point, 0 to precision."),
          key("currency", Plain.TEXT, "The currency of all rows (ISO 4217); without it each row has its own."),
          key("values", Plain.NAMES, "What an enum may be."),
          key("from", Plain.TEXT, "The text field a slug is made from."),
          key("schema", Plain.ANYTHING, "A JSON Schema (2020-12) that the JSON must meet."),
          key("inverse", Plain.TEXT, "How the list on the other side is called."),
          key("onDelete", new Choice(List.of("restrict", "cascade", "clear")),
              "What a deletion of the row referred to does."),
          key("owned", Plain.FLAG, "The row is part of the one referred to."));

  static final Table FIELD_ACCESS =
      Table.of("fieldAccess",
          key("read", Plain.RULE, "Who may read the field."),
          key("write", Plain.RULE, "Who may write the field."));

  static final Table ACCESS =
      Table.of("access",
          key("read", Plain.RULE, "Which rows a caller sees."),
          key("create", Plain.RULE, "Which rows a caller may create."),
          key("update", Plain.RULE, "Which rows a caller may change; holds before and after."),
          key("delete", Plain.RULE, "Which rows a caller may delete."),
          key("write", Plain.RULE, "Short for create, update and delete."),
          key("fields", new Named(FIELD_ACCESS, Short.NONE), "Narrows single fields."));

  static final Table CHECK =
      Table.of("check",
          key("name", Plain.TEXT, "The check's name, unique within the entity."),
          key("that", Plain.RULE, "What holds for every row."),
          key("message", Plain.TEXT, "What a caller is told; continues the entity's name."));

  static final Table ENTITY =
      Table.of("entity",
          key("plural", Plain.TEXT, "The entity's name in paths, where adding an s is wrong."),
          key("label", Plain.TEXT, "The field that shows a row in lists and pickers."),
          key("description", Plain.TEXT, "What a row is, for documentation."),
          key("fields", new Named(FIELD, Short.TEXT), "The fields; `name: type` is the short form."),
          key("indexes", Plain.GROUPS, "Fields, or lists of fields, that reads are narrowed or sorted by."),
          key("unique", Plain.GROUPS, "Lists of fields whose values together are unique."),
          key("checks", Plain.CHECKS,
              "What holds for every row: `name: expression`, or a list of {name, that, message}."),
          key("access", new Part(ACCESS), "Who may do what. Without it: administrators only."),
          key("changes", Plain.KEEPING, "Whether and how long changes are kept in the log: on, off, 30d."),
          key("was", Plain.TEXT, "The entity's former name."));

  static final Table CORS =
      Table.of("cors",
          key("origins", Plain.NAMES, "Web pages that may call: https://shop.example, or * for all."));

  static final Table LIMITS =
      Table.of("limits",
          key("body", Plain.WHOLE, "Bytes of a request's body."),
          key("page", Plain.WHOLE, "Rows of a page at most."),
          key("pageDefault", Plain.WHOLE, "Rows of a page where the request does not say."),
          key("jsonDepth", Plain.WHOLE, "Depth of a JSON body."),
          key("arrayLength", Plain.WHOLE, "Elements of an array in a body."),
          key("filterNodes", Plain.WHOLE, "Parts of a filter."),
          key("filterDepth", Plain.WHOLE, "Depth of a filter."),
          key("sortKeys", Plain.WHOLE, "Keys of a sort."),
          key("expandDepth", Plain.WHOLE, "Depth of expand."),
          key("expandPaths", Plain.WHOLE, "Paths of expand."),
          key("batch", Plain.WHOLE, "Requests of a batch."),
          key("requestSeconds", Plain.WHOLE, "Seconds that a request may take."));

  static final Table SETTINGS =
      Table.of("settings",
          key("cors", new Part(CORS), "Which web pages may call."),
          key("limits", new Part(LIMITS), "How much one request may ask for."));

  private static final Key ROLES =
      key("roles", new Named(ROLE, Short.NOTHING), "What callers may be; rules ask with caller.is('…').");
  private static final Key ENTITIES =
      key("entities", new Named(ENTITY, Short.NONE), "The kinds of rows.");

  /// A file in the folder `model`.
  static final Table PART = Table.of("part", ROLES, ENTITIES);

  /// The file `engineroom.yaml`.
  static final Table ROOT =
      Table.of("app",
          key("engineroom", Plain.WHOLE, "The version of this language: 1."),
          key("name", Plain.TEXT, "The app's name."),
          key("store", Plain.TEXT,
              "Where rows live: `sqlite:data/app.db`; ${VARIABLE:default} takes from the environment."),
          key("settings", new Part(SETTINGS), "Limits and the like."),
          ROLES,
          ENTITIES);

  private Language() {}

  private static Key key(String name, Table.Shape shape, String description) {
    return new Key(name, shape, description);
  }
}
