package engineroom.store;

import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.expression.Expression;
import engineroom.expression.Lookup;
import engineroom.model.Model;
import engineroom.outcome.Change;
import engineroom.outcome.KeptAnswer;
import engineroom.store.Transaction.Counter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// All rows of a memory store, and its change log. Guarded by the store's lock.
final class MemoryTables implements Store.Tables, Lookup {
  private final Map<String, MemoryTable> tables = new LinkedHashMap<>();
  private final List<Change> log = new ArrayList<>();
  private final Map<String, KeptAnswer> answers = new LinkedHashMap<>();
  private final Map<Counter, Long> counters = new HashMap<>();
  private final MemoryTrash.Bin trash = new MemoryTrash.Bin();

  MemoryTables(Model model) {
    model.entities().values().forEach(entity -> tables.put(entity.name(), new MemoryTable(entity)));
  }

  MemoryTable table(String entity) {
    var table = tables.get(entity);
    if (table == null) {
      throw new IllegalArgumentException("entity " + entity + " does not exist");
    }
    return table;
  }

  Iterable<MemoryTable> all() {
    return tables.values();
  }

  List<Change> log() {
    return log;
  }

  /// The last numbers.
  Map<Counter, Long> counters() {
    return counters;
  }

  /// By their keys.
  Map<String, KeptAnswer> answers() {
    return answers;
  }

  MemoryTrash.Bin trash() {
    return trash;
  }

  @Override
  public Iterable<Row> rows(String entity) {
    return Collections.unmodifiableCollection(table(entity).rows());
  }

  @Override
  public Optional<Row> find(String entity, Value id) {
    return table(entity).find(id);
  }

  @Override
  public Iterable<Row> list(String entity, String list, Value id) {
    var inverse = table(entity).entity().findList(list).orElseThrow();
    var referring = table(inverse.entity());
    return referring.referring(inverse.field(), id).stream()
        .flatMap(other -> referring.find(other).stream())
        .toList();
  }

  @Override
  public @Nullable Expression computed(String entity, String field) {
    return table(entity).entity().virtual(field);
  }
}
