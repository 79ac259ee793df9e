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
  private static final String ALL =
      "The mutations of a request are one transaction: all of them are done, or none.";

  private final Model model;
  private final Sight sight;
  private final TypeNames names;
  private final Definitions definitions = new Definitions();
  private final RowTypes rows;
  private final WriteTypes writes;
  private final SummaryTypes totals;

  private SchemaText(Model model, Sight sight, TypeNames names) {
    this.model = model;
    this.sight = sight;
    this.names = names;
    this.rows = new RowTypes(model, sight, names, definitions);
    this.totals = new SummaryTypes(model, names, definitions, rows);
    this.writes = new WriteTypes(model, sight, names, definitions, rows.values());
  }

  /// The text.
  public static String of(Model model, Sight sight, TypeNames names) {
    return new SchemaText(model, sight, names).text();
  }

  private String text() {
    definitions.need("Query", () -> Definitions.block("type", "Query", null, queries()));
    var mutations = mutations();
    if (!mutations.isEmpty()) {
      definitions.need("Mutation", () -> Definitions.block("type", "Mutation", ALL, mutations));
    }
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
                  "("
                      + rows.choosing(
                          entity, "limit: Int, after: String, offset: Int" + asOf(entity))
                      + ")",
                  "[" + rows.row(entity) + "!]",
                  description));
      case Root.One _ ->
          members.add(
              new Member(name, "(id: ID!" + asOf(entity) + ")", rows.row(entity), description));
      case Root.Page _ -> members.add(new Member(name, paged(entity), pages(entity), description));
      case Root.Totals _ ->
          members.add(
              new Member(
                  name,
                  "(" + totals.arguments(entity) + asOf(entity) + ")",
                  "[" + totals.summary(entity) + "!]",
                  null));
      case Root.ByKey(_, var fields) -> {
        if (sight.readable(entity.name()).containsAll(fields)) {
          members.add(new Member(name, key(entity, fields), rows.row(entity), null));
        }
      }
      case Root.Write _ -> throw new IllegalStateException("a query does not write");
    }
  }

  /// The argument that asks for rows as they were, where that is kept.
  private String asOf(Entity entity) {
    return entity.life().history() ? ", asOf: " + rows.values().timestamp() : "";
  }

  private String paged(Entity entity) {
    var window = "first: Int, after: String, last: Int, before: String" + asOf(entity);
    return "(" + rows.choosing(entity, window) + ")";
  }

  private String pages(Entity entity) {
    var type = names.type(entity.name());
    var node = new Member("node", rows.row(entity) + "!");
    definitions.need(
        type + "Edge",
        () ->
            Definitions.block(
                "type", type + "Edge", null, List.of(new Member("cursor", "String!"), node)));
    var members =
        List.of(
            new Member("edges", "[" + type + "Edge!]!"),
            new Member("nodes", "[" + type + "!]!"),
            new Member("pageInfo", pageInfo() + "!"),
            new Member("totalCount", "Int!", "How many rows there are on all pages."));
    return definitions.need(
        type + "Connection", () -> Definitions.block("type", type + "Connection", null, members));
  }

  private String pageInfo() {
    return definitions.need(
        "PageInfo",
        () ->
            Definitions.block(
                "type",
                "PageInfo",
                "As Relay has it.",
                List.of(
                    new Member("hasNextPage", "Boolean!"),
                    new Member("hasPreviousPage", "Boolean!"),
                    new Member("startCursor", "String"),
                    new Member("endCursor", "String"))));
  }

  private String key(Entity entity, List<String> fields) {
    return fields.stream()
        .map(entity::field)
        .map(field -> field.name() + ": " + keyed(entity, field) + "!")
        .collect(Collectors.joining(", ", "(", asOf(entity) + ")"));
  }

  private String keyed(Entity entity, Field field) {
    return rows.values().input(entity, field);
  }

  private List<Member> mutations() {
    var members = new ArrayList<Member>();
    names
        .mutations()
        .forEach(
            (name, root) -> {
              if (root instanceof Root.Write(var entity, var what)) {
                mutation(members, name, what, model.entity(entity));
              }
            });
    return members;
  }

  private void mutation(List<Member> members, String name, Root.Writing what, Entity entity) {
    var of = entity.name();
    boolean reads = rows.reads(of);
    switch (what) {
      case CREATE, CREATE_MANY -> {
        if (sight.creates(of)) {
          members.add(created(name, what, entity));
        }
      }
      case UPDATE, UPDATE_MANY -> {
        if (sight.updates(of) && reads && writes.changes(entity)) {
          members.add(updated(name, what, entity));
        }
      }
      case UPSERT -> {
        if (sight.creates(of) && sight.updates(of) && reads && writes.keyed(entity)) {
          members.add(upserted(name, entity));
        }
      }
      case DELETE, DELETE_MANY -> {
        if (sight.deletes(of) && reads) {
          members.add(deleted(name, what, entity));
        }
      }
    }
  }

  private Member created(String name, Root.Writing what, Entity entity) {
    var input = writes.create(entity) + "!";
    return what == Root.Writing.CREATE
        ? new Member(name, "(input: " + input + ")", written(entity), null)
        : new Member(name, "(input: [" + input + "]!)", "[" + written(entity) + "]!", null);
  }

  private Member updated(String name, Root.Writing what, Entity entity) {
    var input = "input: " + writes.update(entity) + "!" + writes.edits(entity);
    return what == Root.Writing.UPDATE
        ? new Member(name, "(id: ID!, " + input + ", ifVersion: Int)", written(entity), null)
        : new Member(name, "(" + chosen(entity) + input + ", max: Int!)", changed(entity), null);
  }

  private String chosen(Entity entity) {
    return "where: " + rows.where(entity) + "!, ";
  }

  private Member upserted(String name, Entity entity) {
    var arguments =
        "(by: %s!, input: %s!, onConflict: %s)"
            .formatted(writes.key(entity), writes.create(entity), onConflict());
    return new Member(name, arguments, written(entity), null);
  }

  private String onConflict() {
    return definitions.need(
        "OnConflict",
        () ->
            Definitions.choice(
                "OnConflict",
                "What becomes of a row that is there: UPDATE (which is usual) changes the fields"
                    + " given, REPLACE gives all others their defaults, IGNORE leaves it.",
                List.of("UPDATE", "REPLACE", "IGNORE")));
  }

  private Member deleted(String name, Root.Writing what, Entity entity) {
    return what == Root.Writing.DELETE
        ? new Member(name, "(id: ID!, ifVersion: Int)", written(entity), "The row as it was.")
        : new Member(name, "(" + chosen(entity) + "max: Int!)", changed(entity), null);
  }

  private String written(Entity entity) {
    return (rows.reads(entity.name()) ? rows.row(entity) : rows.unseen()) + "!";
  }

  private String changed(Entity entity) {
    var name = names.changed(entity);
    var count = new Member("count", "Int!", "How many rows there were.");
    return definitions.need(name, () -> Definitions.block("type", name, null, List.of(count)))
        + "!";
  }
}
