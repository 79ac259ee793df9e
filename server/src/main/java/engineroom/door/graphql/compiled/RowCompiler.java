package engineroom.door.graphql.compiled;

import engineroom.door.graphql.answer.ObjectShape;
import engineroom.door.graphql.answer.ObjectShape.Content;
import engineroom.door.graphql.answer.ObjectShape.Presence;
import engineroom.door.graphql.answer.ObjectShape.Slot;
import engineroom.door.graphql.compiled.RowPlan.Child;
import engineroom.door.graphql.document.Asked;
import engineroom.door.graphql.document.Fields;
import engineroom.door.graphql.schema.Sight;
import engineroom.door.graphql.schema.TypeNames;
import engineroom.model.Entity;
import engineroom.model.Field;
import engineroom.model.FieldType;
import engineroom.model.Model;
import graphql.language.SelectionSet;
import java.util.ArrayList;
import java.util.List;

/// Compiles what a document asks of rows: what the store is asked, and how its answer is cut.
final class RowCompiler {
  private static final String TYPE_NAME = "__typename";

  private final Model model;
  private final TypeNames names;
  private final Sight sight;
  private final Fields fields;

  RowCompiler(Model model, TypeNames names, Sight sight, Fields fields) {
    this.model = model;
    this.names = names;
    this.sight = sight;
    this.fields = fields;
  }

  /// One object as it is put together.
  private record Drawn(List<String> sources, List<Slot> slots) {
    Drawn() {
      this(new ArrayList<>(), new ArrayList<>());
    }

    int source(String name) {
      int known = sources.indexOf(name);
      if (known >= 0) {
        return known;
      }
      sources.add(name);
      return sources.size() - 1;
    }

    ObjectShape shape() {
      return new ObjectShape(sources, slots);
    }
  }

  /// Adds what is asked of a row to a plan.
  ///
  /// @return how the row is cut
  ObjectShape add(RowPlan plan, List<SelectionSet> sets) {
    var drawn = new Drawn();
    var of = plan.entity().name();
    var type = sight.readable(of).isEmpty() ? "Reference" : names.type(of);
    for (var asked : fields.of(type, sets)) {
      drawn.slots().add(new Slot(asked.key(), content(plan, asked, type, drawn)));
    }
    return drawn.shape();
  }

  private Content content(RowPlan plan, Asked asked, String type, Drawn drawn) {
    if (asked.name().equals(TYPE_NAME)) {
      return new Content.TypeName(type);
    }
    var entity = plan.entity();
    var list = entity.findList(asked.name());
    if (list.isPresent()) {
      return rows(plan, asked, list.get(), drawn);
    }
    var field = entity.field(asked.name());
    int source = drawn.source(field.name());
    if (field.type() instanceof FieldType.Reference reference) {
      return reference(plan, asked, reference, source);
    }
    plan.fields().add(field.name());
    return value(entity, field, asked, source);
  }

  private Content rows(RowPlan plan, Asked asked, Entity.InverseList list, Drawn drawn) {
    var row = new RowPlan(model.entity(list.entity()));
    var as = list.name();
    for (int i = 2; plan.children().containsKey(as); i++) {
      as = list.name() + "~" + i;
    }
    plan.children().put(as, new Child.Many(list.name(), asked.arguments(), row));
    var shape = add(row, asked.sets());
    return new Content.Rows(drawn.source(as), Presence.REQUIRED, shape);
  }

  private Content reference(RowPlan plan, Asked asked, FieldType.Reference reference, int source) {
    var entity = model.entity(reference.entity());
    boolean readable = !sight.readable(entity.name()).isEmpty();
    var presence =
        readable && !sight.all(entity.name())
            ? Presence.OPTIONAL
            : presence(plan.entity(), asked.name());
    if (!readable || idAlone(entity, asked.sets())) {
      plan.fields().add(asked.name());
      var type = readable ? names.type(entity.name()) : "Reference";
      return new Content.Nested(source, presence, ofId(entity, type, asked.sets()));
    }
    var child =
        plan.children().computeIfAbsent(asked.name(), _ -> new Child.One(new RowPlan(entity)));
    var shape = add(child.row(), asked.sets());
    return new Content.Nested(source, presence, shape);
  }

  private Presence presence(Entity entity, String field) {
    return sight.always(entity.name(), field) && entity.field(field).required()
        ? Presence.REQUIRED
        : Presence.OPTIONAL;
  }

  /// A reference says the id of its row in any case.
  private boolean idAlone(Entity entity, List<SelectionSet> sets) {
    return fields.of(names.type(entity.name()), sets).stream()
        .allMatch(asked -> asked.name().equals("id") || asked.name().equals(TYPE_NAME));
  }

  private ObjectShape ofId(Entity entity, String type, List<SelectionSet> sets) {
    var drawn = new Drawn();
    for (var asked : fields.of(type, sets)) {
      var content =
          asked.name().equals(TYPE_NAME)
              ? new Content.TypeName(type)
              : leaf(entity.field("id"), drawn.source("id"), Presence.REQUIRED);
      drawn.slots().add(new Slot(asked.key(), content));
    }
    return drawn.shape();
  }

  private Content value(Entity entity, Field field, Asked asked, int source) {
    var presence = presence(entity, field.name());
    return switch (field.type()) {
      case FieldType.Money _ -> new Content.Nested(source, presence, parts("Money", asked));
      case FieldType.Plain.POINT -> new Content.Nested(source, presence, parts("Point", asked));
      case FieldType.ListOf(FieldType.Money _) ->
          new Content.Rows(source, presence, parts("Money", asked));
      case FieldType.ListOf(FieldType.Plain element) when element == FieldType.Plain.POINT ->
          new Content.Rows(source, presence, parts("Point", asked));
      case FieldType _ -> leaf(field, source, presence);
    };
  }

  private static Content leaf(Field field, int source, Presence presence) {
    return field.name().equals("id") && field.type() instanceof FieldType.Whole
        ? new Content.Quoted(source, presence)
        : new Content.Leaf(source, presence);
  }

  private ObjectShape parts(String type, Asked whole) {
    return leaves(type, whole.sets());
  }

  /// An object of leaves alone, each under its own name.
  ObjectShape leaves(String type, List<SelectionSet> sets) {
    var drawn = new Drawn();
    for (var asked : fields.of(type, sets)) {
      var content =
          asked.name().equals(TYPE_NAME)
              ? new Content.TypeName(type)
              : new Content.Leaf(drawn.source(asked.name()), Presence.REQUIRED);
      drawn.slots().add(new Slot(asked.key(), content));
    }
    return drawn.shape();
  }
}
