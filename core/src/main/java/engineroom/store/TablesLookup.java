package engineroom.store;

import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.expression.Expression;
import engineroom.expression.Lookup;
import engineroom.model.Model;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds rows among scanned tables; reads each table it needs once.
final class TablesLookup implements Lookup {
  private final Model model;
  private final Store.Tables tables;
  private final Map<String, Map<Value, Row>> byId = new HashMap<>();
  private final Map<Link, Map<Value, List<Row>>> byReference = new HashMap<>();

  TablesLookup(Model model, Store.Tables tables) {
    this.model = model;
    this.tables = tables;
  }

  @Override
  public Optional<Row> find(String entity, Value id) {
    return Optional.ofNullable(byId.computeIfAbsent(entity, this::ids).get(id));
  }

  @Override
  public Iterable<Row> list(String entity, String list, Value id) {
    var inverse = model.entity(entity).findList(list).orElseThrow();
    return byReference
        .computeIfAbsent(new Link(inverse.entity(), inverse.field()), this::referring)
        .getOrDefault(id, List.of());
  }

  @Override
  public @Nullable Expression computed(String entity, String field) {
    return model.entity(entity).virtual(field);
  }

  private record Link(String entity, String field) {}

  private Map<Value, Row> ids(String entity) {
    var rows = new HashMap<Value, Row>();
    tables.rows(entity).forEach(row -> rows.put(row.id(), row));
    return rows;
  }

  private Map<Value, List<Row>> referring(Link link) {
    var rows = new HashMap<Value, List<Row>>();
    tables
        .rows(link.entity())
        .forEach(
            row -> rows.computeIfAbsent(row.value(link.field()), _ -> new ArrayList<>()).add(row));
    return rows;
  }
}
