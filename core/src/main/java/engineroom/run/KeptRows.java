package engineroom.run;

import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.expression.Expression;
import engineroom.expression.Lookup;
import engineroom.model.FieldType;
import engineroom.operation.FieldRules;
import engineroom.outcome.TrashUnit;
import engineroom.store.Store;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The rows of one unit of the trash among those that are there, as if they had never gone: rules
/// about a deleted row see its lines and its customer.
final class KeptRows implements Lookup, Store.Tables {
  private final Work work;
  private final FieldRules fields;
  private final TrashUnit unit;
  private final KeptRow root;
  private @Nullable Map<Key, KeptRow> others;

  /// A row by its entity and id.
  record Key(String entity, Value id) {}

  KeptRows(Work work, FieldRules fields, TrashUnit unit) {
    this.work = work;
    this.fields = fields;
    this.unit = unit;
    this.root = kept(unit.entity(), unit.row());
  }

  private KeptRow kept(String entity, Row row) {
    return KeptRow.of(work.model().entity(entity), row, fields, work.rules());
  }

  TrashUnit unit() {
    return unit;
  }

  /// The row that was deleted.
  KeptRow root() {
    return root;
  }

  /// The rows that went with it; without those of entities that the model has no more.
  Iterable<KeptRow> others() {
    return byKey().values();
  }

  private Map<Key, KeptRow> byKey() {
    if (others == null) {
      var read = new LinkedHashMap<Key, KeptRow>();
      for (var other : work.transaction().trash().others(unit.number())) {
        if (work.model().findEntity(other.entity()).isPresent()) {
          var key = new Key(other.entity(), other.row().id());
          read.put(key, kept(other.entity(), other.row()));
        }
      }
      others = read;
    }
    return others;
  }

  /// Whether a row of the unit refers to one that is neither there nor in the unit: a rule that
  /// follows the reference would be misled.
  boolean dangling() {
    if (dangling(root)) {
      return true;
    }
    return byKey().values().stream().anyMatch(this::dangling);
  }

  private boolean dangling(KeptRow kept) {
    return kept.entity().fields().values().stream()
        .anyMatch(
            field ->
                field.type() instanceof FieldType.Reference(var target, _, _, _)
                    && kept.row().value(field.name()) != Value.NULL
                    && find(target, kept.row().value(field.name())).isEmpty());
  }

  @Override
  public Optional<Row> find(String entity, Value id) {
    if (isRoot(entity, id)) {
      return Optional.of(root.row());
    }
    var stored = work.transaction().find(entity, id);
    return stored.isPresent()
        ? stored
        : Optional.ofNullable(byKey().get(new Key(entity, id))).map(KeptRow::row);
  }

  private boolean isRoot(String entity, Value id) {
    return entity.equals(unit.entity()) && id.equals(root.row().id());
  }

  @Override
  public Iterable<Row> list(String entity, String list, Value id) {
    var inverse = work.model().entity(entity).findList(list).orElseThrow();
    var rows = new ArrayList<Row>();
    for (var stored : work.transaction().referring(inverse.entity(), inverse.field(), id)) {
      work.transaction().find(inverse.entity(), stored).ifPresent(rows::add);
    }
    if (inverse.entity().equals(unit.entity())) {
      addReferring(rows, root, inverse.field(), id);
    }
    byKey()
        .forEach(
            (key, kept) -> {
              if (key.entity().equals(inverse.entity())) {
                addReferring(rows, kept, inverse.field(), id);
              }
            });
    return rows;
  }

  private static void addReferring(List<Row> rows, KeptRow kept, String field, Value id) {
    var there = rows.stream().anyMatch(row -> row.id().equals(kept.row().id()));
    if (!there && kept.row().value(field).equals(id)) {
      rows.add(kept.row());
    }
  }

  @Override
  public @Nullable Expression computed(String entity, String field) {
    return work.model().entity(entity).virtual(field);
  }

  @Override
  public Iterable<Row> rows(String entity) {
    return entity.equals(unit.entity()) ? List.of(root.row()) : List.of();
  }
}
