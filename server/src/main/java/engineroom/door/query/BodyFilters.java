package engineroom.door.query;

import engineroom.expression.Expression;
import engineroom.expression.Expression.Not;
import engineroom.expression.Expression.Or;
import engineroom.expression.Expression.Quantifier;
import engineroom.json.Json;
import engineroom.model.Entity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Reads the JSON spelling of a filter: `{"status": {"eq": "open"}, "lines": {"some": {"quantity":
/// {"gt": 3}}}}`.
final class BodyFilters {
  private final Filters filters;

  BodyFilters(Filters filters) {
    this.filters = filters;
  }

  /// All members of the object together.
  Expression where(Place.Entry row, Json json) {
    if (!(json instanceof Json.Obj(var members))) {
      throw Filters.bad("where is not an object.", "Write {\"field\": {\"operator\": value}}.");
    }
    List<Expression> parts = new ArrayList<>();
    members.forEach((name, value) -> parts.add(member(row, name, value)));
    return Filters.all(parts);
  }

  private Expression member(Place.Entry row, String name, Json value) {
    return switch (name) {
      case "and" -> Filters.all(each(row, name, value));
      case "or" -> new Or(each(row, name, value));
      case "not" -> new Not(where(row, value));
      case String other -> named(row, other, value);
    };
  }

  private List<Expression> each(Place.Entry row, String name, Json value) {
    if (!(value instanceof Json.Arr(var elements))) {
      throw Filters.bad(name + " takes an array of conditions.", null);
    }
    return elements.stream().map(e -> where(row, e)).toList();
  }

  private Expression named(Place.Entry row, String name, Json value) {
    var place = row.step(name, filters.names());
    if (place.isEmpty()) {
      var operator = Operator.find(name);
      if (operator.isEmpty()) {
        throw filters.unknown(row, name);
      }
      return operated(operator.get(), row, row.entity().name(), value);
    }
    return at(place.get(), name, value);
  }

  private Expression at(Place place, String path, Json value) {
    return switch (place) {
      case Place.Rows(var entity, var list) -> list(entity, list, path, value);
      case Place.Entry entry ->
          value instanceof Json.Obj ? where(entry, value) : direct(entry, path, value);
      case Place.Column column ->
          value instanceof Json.Obj(var members)
              ? column(column, path, members)
              : direct(column, path, value);
    };
  }

  private Expression direct(Place place, String path, Json value) {
    return operated(Operator.EQ, place, path, value);
  }

  private Expression column(Place.Column column, String path, Map<String, Json> members) {
    List<Expression> parts = new ArrayList<>();
    members.forEach(
        (name, value) -> {
          var part = column.step(name, filters.names());
          if (part.isPresent()) {
            parts.add(at(part.get(), path + "." + name, value));
          } else if (name.equals("not")) {
            parts.add(new Not(at(column, path, value)));
          } else {
            var operator = Operator.find(name).orElseThrow(() -> filters.unknown(column, name));
            parts.add(operated(operator, column, path, value));
          }
        });
    return Filters.all(parts);
  }

  /// Null is compared as null, whatever the operator's own way with values.
  private Expression operated(Operator operator, Place place, String path, Json value) {
    boolean equality = operator == Operator.EQ || operator == Operator.NE;
    if (value == Json.Null.NULL && equality) {
      var wanted = new Json.Bool(operator == Operator.EQ);
      return filters.apply(Operator.IS_NULL, place, path, new Spelled.Body(wanted));
    }
    return filters.apply(operator, place, path, new Spelled.Body(value));
  }

  private Expression list(Entity entity, Expression list, String path, Json value) {
    if (!(value instanceof Json.Obj(var members))) {
      throw Filters.bad(path + " is a list.", "Use {\"some\": {…}}, every or none.");
    }
    List<Expression> parts = new ArrayList<>();
    members.forEach((name, inner) -> parts.add(quantified(entity, list, name, inner)));
    return Filters.all(parts);
  }

  private Expression quantified(Entity entity, Expression list, String name, Json inner) {
    return switch (name) {
      case "some" -> filters.some(entity, list, row -> where(row, inner));
      case "every" -> filters.quantified(Quantifier.ALL, entity, list, row -> where(row, inner));
      case "none" -> new Not(filters.some(entity, list, row -> where(row, inner)));
      case String member ->
          filters.some(entity, list, row -> where(row, new Json.Obj(Map.of(member, inner))));
    };
  }
}
