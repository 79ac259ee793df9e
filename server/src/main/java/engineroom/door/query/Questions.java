package engineroom.door.query;

import engineroom.expression.Expression;
import engineroom.json.Json;
import engineroom.model.Entity;
import engineroom.operation.Selection.Sort;
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
    FilterSize.check(filter, settings.filter());
    return filter;
  }

  /// The keys of an order: `-placedAt`, `customer.name`.
  public List<Sort> sorts(Entity entity, List<String> keys) {
    return new SelectionReader(entity, filters, settings).sorts(entity, keys);
  }
}
