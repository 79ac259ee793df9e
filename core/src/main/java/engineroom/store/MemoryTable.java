package engineroom.store;

import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.expression.Order;
import engineroom.model.Entity;
import engineroom.model.Field;
import engineroom.model.FieldType;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/// The rows of one entity, found by id, by what they refer to and by what is unique.
final class MemoryTable {
  private final Entity entity;
  private final Map<Value, Row> rows = new LinkedHashMap<>();
  private final Map<String, Map<Value, NavigableSet<Value>>> references = new HashMap<>();
  private final Map<List<String>, Map<List<Value>, Value>> uniques = new LinkedHashMap<>();
  private long lastId;

  MemoryTable(Entity entity) {
    this.entity = entity;
    for (var field : entity.kept().values()) {
      if (field.type() instanceof FieldType.Reference) {
        references.put(field.name(), new HashMap<>());
      }
    }
    for (var unique : entity.keys().uniques()) {
      uniques.put(unique, new HashMap<>());
    }
  }

  Entity entity() {
    return entity;
  }

  Collection<Row> rows() {
    return rows.values();
  }

  Optional<Row> find(Value id) {
    return Optional.ofNullable(rows.get(id));
  }

  /// The ids of the rows whose reference is this id, in order of id.
  Collection<Value> referring(String reference, Value id) {
    var index = references.get(reference);
    if (index == null) {
      throw new IllegalArgumentException(entity.name() + "." + reference + " is no reference");
    }
    return index.getOrDefault(id, new TreeSet<>(Order.ASCENDING));
  }

  /// The first unique that another row has the same values of.
  Optional<List<String>> clash(Row row) {
    for (var unique : uniques.entrySet()) {
      var key = key(unique.getKey(), row);
      var other = unique.getValue().get(key);
      if (!key.contains(Value.NULL) && other != null && !other.equals(row.id())) {
        return Optional.of(unique.getKey());
      }
    }
    return Optional.empty();
  }

  /// Keeps a row in the place of the one with its id.
  void put(Row row) {
    remove(row.id());
    rows.put(row.id(), row);
    references.forEach(
        (field, index) ->
            index
                .computeIfAbsent(row.value(field), _ -> new TreeSet<>(Order.ASCENDING))
                .add(row.id()));
    uniques.forEach((unique, index) -> index.put(key(unique, row), row.id()));
    if (row.id() instanceof Value.Integer(var number)) {
      lastId = Math.max(lastId, number);
    }
  }

  void remove(Value id) {
    var row = rows.remove(id);
    if (row == null) {
      return;
    }
    references.forEach(
        (field, index) -> {
          var ids = index.get(row.value(field));
          if (ids != null && ids.remove(id) && ids.isEmpty()) {
            index.remove(row.value(field));
          }
        });
    uniques.forEach((unique, index) -> index.remove(key(unique, row), id));
  }

  long nextId() {
    return ++lastId;
  }

  private List<Value> key(List<String> unique, Row row) {
    return unique.stream().map(name -> folded(entity.field(name), row.value(name))).toList();
  }

  /// What counts as equal in a unique: text that ignores case by its lower case, decimals by their
  /// number.
  private static Value folded(Field field, Value value) {
    return switch (value) {
      case Value.Text(var text)
          when field.type() instanceof FieldType.Text type && type.ignoreCase() ->
          Value.of(text.toLowerCase(Locale.ROOT));
      case Value.Decimal(var number) -> new Value.Decimal(number.stripTrailingZeros());
      case Value _ -> value;
    };
  }
}
