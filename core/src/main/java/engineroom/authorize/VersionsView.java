package engineroom.authorize;

import engineroom.authorize.Shape.Member;
import engineroom.data.Type;
import engineroom.expression.Expression;
import engineroom.expression.Expression.Compare;
import engineroom.expression.Expression.Comparison;
import engineroom.expression.Expression.Parameter;
import engineroom.model.Entity;
import engineroom.model.History;
import engineroom.model.Model;
import engineroom.operation.Query.Counting;
import engineroom.operation.Selection;
import engineroom.operation.Selection.Direction;
import engineroom.operation.Selection.Sort;
import java.util.ArrayList;
import java.util.List;

/// Makes the view of all versions of one row: the row's id is the first argument, the number that
/// all of them are below the second.
final class VersionsView {
  private final Model model;
  private final Grants grants;
  private final Weaver weaver;

  VersionsView(Model model, Grants grants) {
    this.model = model;
    this.grants = grants;
    this.weaver = new Weaver(model, grants, 2);
  }

  /// @param entity the versions, as a read names them
  /// @param kept what is shown of a version before its fields
  View of(Entity entity, List<String> kept) {
    var members = new ArrayList<Member>();
    kept.forEach(name -> members.add(new Member.Plain(entity.field(name), Expression.TRUE)));
    members.addAll(new ShapeBuilder(model, grants, weaver).shape(entity, Selection.ALL).members());
    var row = entity.get(History.ROW);
    var number = entity.get("version");
    var ofRow = new Compare(Comparison.EQUAL, row, new Parameter(0, row.type()));
    var below = new Compare(Comparison.LESS, number, new Parameter(1, Type.Scalar.INTEGER));
    var filter =
        Weaver.and(new Expression.And(List.of(ofRow, below)), weaver.visible(entity.name()));
    return new View(
        entity.name(),
        new Shape(members),
        new View.Condition(filter, List.of(new Sort(number, Direction.DESCENDING)), Counting.NONE),
        new View.Bound(2, weaver.facts(), null));
  }
}
