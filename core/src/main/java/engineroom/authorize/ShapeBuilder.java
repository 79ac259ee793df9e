package engineroom.authorize;

import static engineroom.problem.ProblemException.problem;

import engineroom.authorize.Shape.Member;
import engineroom.expression.Expression;
import engineroom.model.ComputedParts;
import engineroom.model.Entity;
import engineroom.model.Field;
import engineroom.model.FieldType;
import engineroom.model.Model;
import engineroom.operation.Selection;
import engineroom.operation.Selection.Expansion;
import engineroom.problem.OperationProblem.TooMuch;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Turns a selection into the shape that the caller may see.
final class ShapeBuilder {
  /// Parts of all the computed values of one row and of what is expanded in it: five entities with
  /// as many as a model may give one.
  static final int COMPUTED_MAX = 10_000;

  private final Model model;
  private final Grants grants;
  private final Weaver weaver;
  private final ComputedParts computed;

  ShapeBuilder(Model model, Grants grants, Weaver weaver) {
    this.model = model;
    this.grants = grants;
    this.weaver = weaver;
    this.computed = new ComputedParts(model, COMPUTED_MAX);
  }

  /// The members of a row of an entity, in the order asked for.
  Shape shape(Entity entity, Selection selection) {
    var members = new ArrayList<Member>();
    var expanded = new HashSet<String>();
    selection.expansions().forEach(expansion -> expanded.add(expansion.field()));
    for (var name : names(entity, selection)) {
      if (!expanded.contains(name)) {
        members.add(plain(entity, name));
      }
    }
    for (var expansion : selection.expansions()) {
      members.add(expanded(entity, expansion));
    }
    return new Shape(members);
  }

  private List<String> names(Entity entity, Selection selection) {
    return switch (selection.fields()) {
      case Selection.Fields.All _ -> {
        var rights = grants.on(entity.name());
        yield entity.fields().keySet().stream().filter(rights.fieldRead()::containsKey).toList();
      }
      case Selection.Fields.Named(var names) -> names;
    };
  }

  private Member plain(Entity entity, String name) {
    var field = readable(entity, name);
    count(entity.virtual(name));
    var visible = weaver.rule(grants.on(entity.name()).readOf(name));
    return field.type() instanceof FieldType.Reference
        ? new Member.One(field, visible, Expression.TRUE, new Shape(List.of()))
        : new Member.Plain(field, visible);
  }

  private void count(@Nullable Expression virtual) {
    if (virtual != null && !computed.add(virtual)) {
      throw problem(
          new TooMuch(
              "shown-computed",
              "A row may show computed fields of "
                  + COMPUTED_MAX
                  + " parts at most, with what is expanded in it: name fewer of them."));
    }
  }

  private Member expanded(Entity entity, Expansion expansion) {
    var list = entity.findList(expansion.field());
    if (list.isPresent()) {
      return many(entity, list.get(), expansion);
    }
    var field = readable(entity, expansion.field());
    if (!(field.type() instanceof FieldType.Reference reference)
        || !grants.on(reference.entity()).reads()) {
      throw weaver.unknown(entity.name(), expansion.field());
    }
    var target = model.entity(reference.entity());
    var shape = shape(target, expansion.selection());
    var inner = shape.members().stream().filter(member -> !member.name().equals("id")).toList();
    return new Member.One(
        field,
        weaver.rule(grants.on(entity.name()).readOf(field.name())),
        weaver.visible(target.name()),
        new Shape(inner));
  }

  private Member many(Entity entity, Entity.InverseList list, Expansion expansion) {
    if (!known(entity).contains(list.name())) {
      throw weaver.unknown(entity.name(), list.name());
    }
    var rows = model.entity(list.entity());
    var visible =
        Weaver.and(
            weaver.visible(rows.name()), weaver.linkVisible(rows.name(), list.field(), rows.row()));
    return new Member.Many(
        expansion.as(),
        rows.name(),
        list.field(),
        Weaver.and(visible, weaver.request(expansion.filter())),
        weaver.order(rows, expansion.sort()),
        expansion.limit(),
        shape(rows, expansion.selection()));
  }

  private Field readable(Entity entity, String name) {
    if (!grants.on(entity.name()).fieldRead().containsKey(name)) {
      throw weaver.unknown(entity.name(), name);
    }
    return entity.field(name);
  }

  private Set<String> known(Entity entity) {
    return grants.names(entity.name());
  }
}
