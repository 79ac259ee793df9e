package engineroom.door.graphql.work;

import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.door.graphql.compiled.RowPlan;
import engineroom.expression.Arguments;
import engineroom.expression.Evaluator;
import engineroom.expression.Expression;
import engineroom.expression.Lookup;
import engineroom.json.FieldReader;
import engineroom.json.Json;
import engineroom.json.JsonLimits;
import engineroom.json.JsonReader;
import engineroom.model.Entity;
import engineroom.model.FieldType;
import engineroom.model.Model;
import engineroom.operation.Selection.Direction;
import engineroom.operation.Selection.Sort;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The values by which rows of a page are in order, read off the rows themselves: what cursors are
/// made of.
final class SortKeys {
  private final Model model;
  private final FieldReader reader;
  private final Entity entity;
  private final Arguments arguments;
  private final List<Key> keys = new ArrayList<>();

  /// One key, the id last, which follows the direction of the key before it.
  ///
  /// @param path empty where it is how well the row matches what is searched for
  private record Key(List<String> path, Sort sort) {
    boolean relevance() {
      return path.isEmpty();
    }
  }

  /// @param spelled as orders spell them: `-placedAt`; none for the order of what is searched for
  /// @param sort the same as the engine has them
  SortKeys(Question question, List<String> spelled, List<Sort> sort) {
    this.model = question.model();
    this.reader = question.reader();
    this.entity = question.entity();
    this.arguments = question.filters().arguments();
    for (int i = 0; i < sort.size(); i++) {
      this.keys.add(new Key(spelled.isEmpty() ? List.of() : path(spelled.get(i)), sort.get(i)));
    }
    if (this.keys.stream().anyMatch(key -> key.path().equals(List.of("id")))) {
      return;
    }
    var last = sort.isEmpty() ? Direction.ASCENDING : sort.getLast().direction();
    this.keys.add(new Key(List.of("id"), new Sort(entity.get("id"), last)));
  }

  private static List<String> path(String key) {
    return List.of((key.startsWith("-") ? key.substring(1) : key).split("\\.", -1));
  }

  /// Adds to a plan what the values are read off.
  void addTo(RowPlan plan) {
    for (var key : keys) {
      if (key.relevance()) {
        texts(key).forEach(name -> plan.fields().add(name));
      } else {
        add(plan, key.path());
      }
    }
  }

  /// The fields that are searched.
  private static List<String> texts(Key key) {
    return key.sort().by() instanceof Expression.Call(_, var of, _)
        ? of.stream()
            .filter(Expression.Get.class::isInstance)
            .map(text -> ((Expression.Get) text).field())
            .toList()
        : List.of();
  }

  /// How well a row matches, as stores work it out.
  private Value relevance(Key key, Json row) {
    var values = new LinkedHashMap<String, Value>();
    texts(key).forEach(name -> values.put(name, value(entity, row, List.of(name))));
    return new Evaluator(Lookup.NOWHERE, arguments, _ -> Value.NULL)
        .value(key.sort().by(), Map.of(Expression.Variable.ROW, new Row(values)));
  }

  private void add(RowPlan plan, List<String> path) {
    var field = plan.entity().field(path.getFirst());
    if (path.size() == 1 || !(field.type() instanceof FieldType.Reference reference)) {
      plan.fields().add(field.name());
      return;
    }
    var of = model.entity(reference.entity());
    if (path.equals(List.of(path.getFirst(), "id"))) {
      plan.fields().add(field.name());
      return;
    }
    var child =
        plan.children().computeIfAbsent(field.name(), _ -> new RowPlan.Child.One(new RowPlan(of)));
    add(child.row(), path.subList(1, path.size()));
  }

  /// The values of a row.
  List<Value> of(byte[] row) {
    var json = JsonReader.read(row, JsonLimits.defaults());
    return keys.stream()
        .map(key -> key.relevance() ? relevance(key, json) : value(entity, json, key.path()))
        .toList();
  }

  private Value value(Entity of, Json json, List<String> path) {
    if (!(json instanceof Json.Obj(var members))) {
      return Value.NULL;
    }
    var name = path.getFirst();
    var value = members.getOrDefault(name, Json.Null.NULL);
    var type = of.field(name).type();
    if (value == Json.Null.NULL) {
      return Value.NULL;
    }
    return switch (type) {
      case FieldType.Reference(var referred, _, _, _) ->
          path.size() == 1
              ? value(model.entity(referred), value, List.of("id"))
              : value(model.entity(referred), value, path.subList(1, path.size()));
      case FieldType.Money _ -> amount(value);
      case FieldType.Text(_, _, _, _, var ignoreCase, _)
          when ignoreCase && value instanceof Json.Text(var text) ->
          Value.of(text.toLowerCase(Locale.ROOT));
      case FieldType other -> reader.json(other, value);
    };
  }

  private static Value amount(Json money) {
    return money instanceof Json.Obj(var parts)
            && parts.get("amount") instanceof Json.Num(var amount)
        ? Value.of(Long.parseLong(amount))
        : Value.NULL;
  }

  /// The order from the other end. Nulls come last in every order, so from the other end a key of
  /// its own brings them first.
  List<Sort> reversed() {
    var sorts = new ArrayList<Sort>();
    for (var key : keys) {
      var by = key.sort().by();
      if (nullable(key)) {
        var none = new Expression.Literal(Value.NULL, by.type());
        sorts.add(
            new Sort(
                new Expression.Compare(Expression.Comparison.EQUAL, by, none),
                Direction.DESCENDING));
      }
      sorts.add(
          new Sort(
              by,
              key.sort().direction() == Direction.ASCENDING
                  ? Direction.DESCENDING
                  : Direction.ASCENDING));
    }
    return sorts;
  }

  /// The values of a cursor as the reversed order has them.
  List<Value> reversed(List<Value> values) {
    var reversed = new ArrayList<Value>();
    for (int i = 0; i < keys.size(); i++) {
      if (nullable(keys.get(i))) {
        reversed.add(Value.of(values.get(i) == Value.NULL));
      }
      reversed.add(values.get(i));
    }
    return reversed;
  }

  private boolean nullable(Key key) {
    return !key.relevance()
        && (key.path().size() > 1 || !entity.field(key.path().getFirst()).required());
  }
}
