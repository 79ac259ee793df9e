package engineroom.door.query;

import engineroom.data.Type;
import engineroom.expression.Expression;
import engineroom.json.Json;
import engineroom.model.Entity;
import engineroom.operation.Selection.Direction;
import engineroom.operation.Selection.Sort;
import java.util.ArrayList;
import java.util.List;

/// Reads the parts of a question for doors that put questions together themselves, as REST's JSON
/// bodies spell them. Serves one question.
public final class Questions {
  private final Filters filters;
  private final QuerySettings settings;

  /// @param filters takes the values
  public Questions(Filters filters, QuerySettings settings) {
    this.filters = filters;
    this.settings = settings;
  }

  public Filters filters() {
    return filters;
  }

  /// A condition on the row: `{"status": {"eq": "open"}}`.
  public Expression where(Entity entity, Json json) {
    var filter = new BodyFilters(filters).where(Place.row(entity), json);
    FilterSize.check(filter, settings.filter(), filters.names().model());
    return filter;
  }

  /// The order of what is found where no other is asked for: what is searched for comes in the
  /// order of how well it matches, all else by id.
  public static List<Sort> order(Entity entity, Expression filter) {
    return switch (filter) {
      case Expression.And(var parts) ->
          parts.stream()
              .map(part -> order(entity, part))
              .filter(order -> !order.isEmpty())
              .findFirst()
              .orElse(List.of());
      case Expression.Search(Expression.Variable _, var fields, var words) ->
          List.of(byRelevance(entity, fields, words));
      case Expression _ -> List.of();
    };
  }

  private static Sort byRelevance(Entity entity, List<String> fields, Expression words) {
    var arguments = new ArrayList<Expression>();
    arguments.add(words);
    fields.forEach(field -> arguments.add(entity.get(field)));
    return new Sort(
        new Expression.Call(Expression.Function.RELEVANCE, arguments, Type.Scalar.NUMBER),
        Direction.DESCENDING);
  }

  /// The keys of an order: `-placedAt`, `customer.name`.
  public List<Sort> sorts(Entity entity, List<String> keys) {
    return new SelectionReader(entity, filters, settings).sorts(entity, keys);
  }
}
