package engineroom.door.graphql.work;

import engineroom.door.graphql.compiled.RowPlan;
import engineroom.door.graphql.document.Asked;
import engineroom.door.query.QuerySettings;
import engineroom.door.query.Questions;
import engineroom.door.query.SelectionReader;
import engineroom.expression.Expression;
import engineroom.json.Json;
import engineroom.operation.Selection;
import engineroom.operation.Selection.Expansion;
import engineroom.operation.Selection.Fields;
import engineroom.operation.Selection.Sort;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes the selection of one request out of a plan: the conditions of its lists with their values.
final class Selections {
  private final Questions questions;
  private final Spelling spelling;
  private final QuerySettings settings;
  private final Map<String, Json> variables;

  Selections(Tools tools, Questions questions, Map<String, Json> variables) {
    this.questions = questions;
    this.spelling = new Spelling(tools.model());
    this.settings = tools.settings();
    this.variables = variables;
  }

  Selection of(RowPlan plan) {
    List<Expansion> expansions = new ArrayList<>();
    plan.children().forEach((as, child) -> expansions.add(expansion(as, child)));
    return new Selection(new Fields.Named(List.copyOf(plan.fields())), expansions);
  }

  private Expansion expansion(String as, RowPlan.Child child) {
    return switch (child) {
      case RowPlan.Child.One(var row) -> new Expansion(as, of(row), Expression.TRUE, List.of(), 1);
      case RowPlan.Child.Many(var field, var arguments, var row) -> {
        var values = Asked.values(arguments, variables);
        yield new Expansion(
            field,
            as,
            of(row),
            where(row, values.get("where")),
            sort(row, values),
            limit(values.get("limit")));
      }
    };
  }

  /// The condition among the arguments, or true.
  Expression where(RowPlan row, @Nullable Json where) {
    return where == null || where == Json.Null.NULL
        ? Expression.TRUE
        : questions.where(row.entity(), spelling.where(row.entity(), where));
  }

  /// The order among the arguments.
  List<Sort> sort(RowPlan row, Map<String, Json> values) {
    var sort = values.get("sort");
    return sort == null ? List.of() : questions.sorts(row.entity(), spelling.sort(sort));
  }

  /// A number of rows, or the usual one.
  int limit(@Nullable Json limit) {
    return limit(limit, settings);
  }

  /// A number of rows, or the usual one.
  static int limit(@Nullable Json limit, QuerySettings settings) {
    return limit instanceof Json.Num(var text)
        ? SelectionReader.limit(text, settings)
        : settings.pageDefault();
  }
}
