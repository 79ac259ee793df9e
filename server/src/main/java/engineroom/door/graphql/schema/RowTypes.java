package engineroom.door.graphql.schema;

import engineroom.door.graphql.schema.Definitions.Member;
import engineroom.model.Entity;
import engineroom.model.Field;
import engineroom.model.FieldType;
import engineroom.model.Model;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The types that show rows, and those that choose and order them.
final class RowTypes {
  private final Model model;
  private final Sight sight;
  private final TypeNames names;
  private final Definitions definitions;
  private final ValueTypes values;

  RowTypes(Model model, Sight sight, TypeNames names, Definitions definitions) {
    this.model = model;
    this.sight = sight;
    this.names = names;
    this.definitions = definitions;
    this.values = new ValueTypes(names, definitions);
  }

  ValueTypes values() {
    return values;
  }

  boolean reads(String entity) {
    return !sight.readable(entity).isEmpty();
  }

  /// The fields that the caller may read, in the order of the model.
  List<Field> fields(Entity entity) {
    var readable = sight.readable(entity.name());
    return entity.fields().values().stream()
        .filter(field -> readable.contains(field.name()))
        .toList();
  }

  private List<Entity.InverseList> lists(Entity entity) {
    var readable = sight.readable(entity.name());
    return entity.lists().values().stream().filter(list -> readable.contains(list.name())).toList();
  }

  /// A row of an entity.
  String row(Entity entity) {
    var name = names.type(entity.name());
    return definitions.need(
        name, () -> Definitions.block("type", name, entity.notes().description(), shown(entity)));
  }

  private List<Member> shown(Entity entity) {
    var members = new ArrayList<Member>();
    for (var field : fields(entity)) {
      var type = shown(entity, field);
      members.add(new Member(field.name(), type, field.notes().description()));
    }
    for (var list : lists(entity)) {
      var of = model.entity(list.entity());
      members.add(new Member(list.name(), "(" + choosing(of, null) + ")", rows(of), null));
    }
    return members;
  }

  private String shown(Entity entity, Field field) {
    boolean always = field.required() && sight.always(entity.name(), field.name());
    if (!(field.type() instanceof FieldType.Reference(var referred, _, _, _))) {
      return values.output(entity, field) + (always ? "!" : "");
    }
    boolean there = always && (!reads(referred) || sight.all(referred));
    return (reads(referred) ? row(model.entity(referred)) : unseen()) + (there ? "!" : "");
  }

  /// A reference to a row of which nothing may be read.
  String unseen() {
    return definitions.need(
        "Reference",
        () ->
            Definitions.block(
                "type",
                "Reference",
                "A row that you may know by its id alone.",
                List.of(new Member("id", "ID!"))));
  }

  private String rows(Entity entity) {
    return "[" + row(entity) + "!]!";
  }

  /// The arguments of a list.
  ///
  /// @param more behind them, or null
  String choosing(Entity entity, @Nullable String more) {
    var first = "where: " + where(entity) + ", sort: [" + sort(entity) + "!]";
    return more == null ? first + ", limit: Int" : first + ", " + more;
  }

  /// A condition on rows of an entity.
  String where(Entity entity) {
    var name = names.type(entity.name()) + "Where";
    return definitions.need(
        name, () -> Definitions.block("input", name, null, conditions(entity, name)));
  }

  private List<Member> conditions(Entity entity, String name) {
    var members = new ArrayList<Member>();
    members.add(new Member("and", "[" + name + "!]"));
    members.add(new Member("or", "[" + name + "!]"));
    members.add(new Member("not", name));
    if (searchable(entity)) {
      members.add(new Member("search", "String", "Words to be found in the row."));
    }
    for (var field : fields(entity)) {
      members.add(new Member(field.name(), condition(entity, field)));
    }
    for (var list : lists(entity)) {
      members.add(new Member(list.name(), quantified(model.entity(list.entity()))));
    }
    return members;
  }

  private boolean searchable(Entity entity) {
    var fields = fields(entity);
    return fields.stream().anyMatch(field -> field.traits().search())
        && fields.stream().noneMatch(field -> field.name().equals("search"));
  }

  private String condition(Entity entity, Field field) {
    if (!(field.type() instanceof FieldType.Reference(var referred, _, _, _))) {
      return values.filter(entity, field);
    }
    return reads(referred)
        ? where(model.entity(referred))
        : definitions.need(
            "ReferenceWhere",
            () ->
                Definitions.block(
                    "input", "ReferenceWhere", null, List.of(new Member("id", values.idFilter()))));
  }

  private String quantified(Entity entity) {
    var name = names.type(entity.name()) + "ListWhere";
    var where = where(entity);
    return definitions.need(
        name,
        () ->
            Definitions.block(
                "input",
                name,
                null,
                List.of(
                    new Member("some", where),
                    new Member("every", where),
                    new Member("none", where))));
  }

  /// One key of an order, or several in theirs.
  String sort(Entity entity) {
    var name = names.type(entity.name()) + "Sort";
    return definitions.need(name, () -> Definitions.block("input", name, null, keys(entity)));
  }

  private List<Member> keys(Entity entity) {
    var members = new ArrayList<Member>();
    for (var field : fields(entity)) {
      if (field.type() instanceof FieldType.Reference(var referred, _, _, _)) {
        var type = reads(referred) ? sort(model.entity(referred)) : byIdAlone();
        members.add(new Member(field.name(), type));
      } else if (ValueTypes.ordered(field.type())) {
        members.add(new Member(field.name(), direction()));
      }
    }
    return members;
  }

  private String byIdAlone() {
    var direction = direction();
    return definitions.need(
        "ReferenceSort",
        () ->
            Definitions.block(
                "input", "ReferenceSort", null, List.of(new Member("id", direction))));
  }

  /// `ASC` or `DESC`.
  String direction() {
    return definitions.need(
        "SortDirection",
        () ->
            Definitions.choice(
                "SortDirection",
                "Which end comes first. Null comes last in both.",
                List.of("ASC", "DESC")));
  }
}
