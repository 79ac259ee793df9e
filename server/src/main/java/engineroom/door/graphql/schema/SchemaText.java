package engineroom.door.graphql.schema;

import engineroom.door.graphql.schema.Definitions.Member;
import engineroom.model.Entity;
import engineroom.model.Field;
import engineroom.model.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// The schema of one model for one caller, as text: it names nothing that the caller may not use.
public final class SchemaText {
  private final Model model;
  private final Sight sight;
  private final TypeNames names;
  private final Definitions definitions = new Definitions();
  private final RowTypes rows;

  private SchemaText(Model model, Sight sight, TypeNames names) {
    this.model = model;
    this.sight = sight;
    this.names = names;
    this.rows = new RowTypes(model, sight, names, definitions);
  }

  /// The text.
  public static String of(Model model, Sight sight, TypeNames names) {
    return new SchemaText(model, sight, names).text();
  }

  private String text() {
    definitions.need("Query", () -> Definitions.block("type", "Query", null, queries()));
    return definitions.text();
  }

  private List<Member> queries() {
    var members = new ArrayList<Member>();
    members.add(
        new Member("requestId", "String!", "The id of this request, which finds it in the log."));
    names
        .queries()
        .forEach(
            (name, root) -> {
              var entity = model.entity(root.entity());
              if (rows.reads(entity.name())) {
                query(members, name, root, entity);
              }
            });
    return members;
  }

  private void query(List<Member> members, String name, Root root, Entity entity) {
    var description = entity.notes().description();
    switch (root) {
      case Root.Many _ ->
          members.add(
              new Member(
                  name,
                  "(" + rows.choosing(entity, "limit: Int, after: String, offset: Int") + ")",
                  "[" + rows.row(entity) + "!]",
                  description));
      case Root.One _ -> members.add(new Member(name, "(id: ID!)", rows.row(entity), description));
      case Root.Page _, Root.Totals _ -> {}
      case Root.ByKey(_, var fields) -> {
        if (sight.readable(entity.name()).containsAll(fields)) {
          members.add(new Member(name, key(entity, fields), rows.row(entity), null));
        }
      }
      case Root.Write _ -> throw new IllegalStateException("a query does not write");
    }
  }

  private String key(Entity entity, List<String> fields) {
    return fields.stream()
        .map(entity::field)
        .map(field -> field.name() + ": " + keyed(entity, field) + "!")
        .collect(Collectors.joining(", ", "(", ")"));
  }

  private String keyed(Entity entity, Field field) {
    return rows.values().input(entity, field);
  }
}
