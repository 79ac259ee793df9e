package engineroom.door.graphql.schema;

import engineroom.door.graphql.schema.Definitions.Member;
import engineroom.model.Entity;
import engineroom.model.Field;
import engineroom.model.FieldType;
import engineroom.model.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The inputs that write rows.
final class WriteTypes {
  private static final String NESTED =
      "What becomes of the rows of the list: deletions and unlinks first, then links, changes and"
          + " new rows.";

  private final Model model;
  private final Sight sight;
  private final TypeNames names;
  private final Definitions definitions;
  private final ValueTypes values;

  WriteTypes(
      Model model, Sight sight, TypeNames names, Definitions definitions, ValueTypes values) {
    this.model = model;
    this.sight = sight;
    this.names = names;
    this.definitions = definitions;
    this.values = values;
  }

  /// A new row.
  String create(Entity entity) {
    return row(entity, "Create", new Member("id", "ID", "Made where it is left out."));
  }

  /// Whether there is anything that a change could say.
  boolean changes(Entity entity) {
    var lists = new ArrayList<Member>();
    lists(entity, lists);
    return !changeable(entity).isEmpty() || !lists.isEmpty();
  }

  /// The fields of a row that change.
  String update(Entity entity) {
    return row(entity, "Update", null);
  }

  /// A row of a list that changes.
  private String nestedUpdate(Entity entity) {
    return row(entity, "NestedUpdate", new Member("id", "ID!"));
  }

  private String row(Entity entity, String suffix, @Nullable Member first) {
    var name = names.type(entity.name()) + suffix;
    return definitions.need(
        name,
        () -> {
          var members = new ArrayList<Member>();
          if (first != null) {
            members.add(first);
          }
          for (var field : suffix.equals("Create") ? writable(entity) : changeable(entity)) {
            members.add(member(entity, field, suffix.equals("Create")));
          }
          lists(entity, members);
          return Definitions.block("input", name, null, members);
        });
  }

  private Member member(Entity entity, Field field, boolean created) {
    boolean needed = created && needed(field);
    var type = values.input(entity, field) + (needed ? "!" : "");
    return new Member(field.name(), type, field.notes().description());
  }

  /// Whether a new row can't do without: nothing fills the field in, and no list that the row is
  /// created in does.
  private boolean needed(Field field) {
    boolean derived = field.type() instanceof FieldType.Text text && text.slugFrom() != null;
    boolean listed =
        field.type() instanceof FieldType.Reference(var of, var inverse, _, _)
            && model.entity(of).findList(inverse).isPresent();
    var filling = field.filling();
    return field.required()
        && !derived
        && !listed
        && !Entity.SYSTEM.contains(field.name())
        && filling.initial() == null
        && filling.preset() == null
        && filling.sequence() == null;
  }

  private List<Field> writable(Entity entity) {
    var writable = sight.writable(entity.name());
    return entity.fields().values().stream()
        .filter(field -> writable.contains(field.name()) && !field.name().equals("id"))
        .toList();
  }

  private List<Field> changeable(Entity entity) {
    return writable(entity).stream()
        .filter(field -> !field.traits().writeOnce() && field.filling().sequence() == null)
        .toList();
  }

  private void lists(Entity entity, List<Member> members) {
    for (var list : entity.lists().values()) {
      var of = model.entity(list.entity());
      if (sight.readable(entity.name()).contains(list.name()) && !ways(list, of).isEmpty()) {
        members.add(new Member(list.name(), nested(entity, list, of)));
      }
    }
  }

  private String nested(Entity entity, Entity.InverseList list, Entity of) {
    var name = names.nested(entity, list);
    return definitions.need(name, () -> Definitions.block("input", name, NESTED, ways(list, of)));
  }

  private List<Member> ways(Entity.InverseList list, Entity of) {
    var ways = new ArrayList<Member>();
    boolean puts = sight.writable(of.name()).contains(list.field());
    boolean updates = sight.updates(of.name());
    if (puts && sight.creates(of.name())) {
      ways.add(new Member("create", "[" + create(of) + "!]"));
    }
    if (puts && updates) {
      ways.add(new Member("link", "[ID!]", "Rows that are there and shall be in the list."));
    }
    if (puts && updates && !list.owned() && !of.field(list.field()).required()) {
      ways.add(new Member("unlink", "[ID!]", "Rows that leave the list, and stay."));
    }
    if (updates) {
      ways.add(new Member("update", "[" + nestedUpdate(of) + "!]"));
    }
    if (sight.deletes(of.name())) {
      ways.add(new Member("delete", "[ID!]"));
    }
    return ways;
  }

  /// The arguments that change a row beside its input: numbers added, elements put in and taken
  /// out.
  String edits(Entity entity) {
    var out = new StringBuilder();
    var numbers = edited(entity, WriteTypes::numeric);
    if (!numbers.isEmpty()) {
      out.append(", add: ").append(edit(entity, "Add", numbers));
    }
    var lists = edited(entity, field -> field.type() instanceof FieldType.ListOf);
    if (!lists.isEmpty()) {
      var type = edit(entity, "Elements", lists);
      out.append(", append: ").append(type).append(", remove: ").append(type);
    }
    return out.toString();
  }

  private List<Field> edited(Entity entity, Predicate<Field> which) {
    return changeable(entity).stream().filter(which).toList();
  }

  private static boolean numeric(Field field) {
    return field.type() instanceof FieldType.Whole
        || field.type() instanceof FieldType.Decimal
        || field.type() instanceof FieldType.Number
        || field.type() instanceof FieldType.Money;
  }

  private String edit(Entity entity, String suffix, List<Field> fields) {
    var name = names.type(entity.name()) + suffix;
    return definitions.need(
        name,
        () ->
            Definitions.block(
                "input",
                name,
                null,
                fields.stream()
                    .map(field -> new Member(field.name(), values.input(entity, field)))
                    .toList()));
  }

  /// The unique keys that rows are found by.
  String key(Entity entity) {
    var name = names.type(entity.name()) + "Key";
    return definitions.need(
        name, () -> Definitions.choice(name, null, List.copyOf(TypeNames.keys(entity).keySet())));
  }

  /// Whether the caller may name every field of some key.
  boolean keyed(Entity entity) {
    Set<String> readable = sight.readable(entity.name());
    return TypeNames.keys(entity).values().stream().allMatch(readable::containsAll);
  }
}
