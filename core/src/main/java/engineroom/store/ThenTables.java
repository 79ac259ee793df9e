package engineroom.store;

import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.expression.Evaluator;
import engineroom.expression.Expression;
import engineroom.expression.Lookup;
import engineroom.model.History;
import engineroom.model.Model;
import engineroom.plan.Plan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The versions of rows as a read names them: those of one moment, or all. Other rows are as they
/// are.
final class ThenTables implements Store.Tables, Lookup {
  private final Store.Tables tables;
  private final Lookup present;
  private final @Nullable Instant moment;
  private final TablesLookup versions;
  private final Map<String, List<Row>> known = new HashMap<>();

  private ThenTables(Model model, Store.Tables tables, Lookup present, @Nullable Instant moment) {
    this.tables = tables;
    this.present = present;
    this.moment = moment;
    this.versions = new TablesLookup(model, this);
  }

  /// All versions.
  ThenTables(Model model, Store.Tables tables, Lookup present) {
    this(model, tables, present, null);
  }

  /// The versions that a run of a plan reads.
  static ThenTables of(
      Model model, Store.Tables tables, Lookup present, Plan plan, Store.Binding binding) {
    var position = plan.moment();
    var at = position == null ? null : binding.arguments().value(position);
    return new ThenTables(
        model, tables, present, at instanceof Value.Timestamp(var instant) ? instant : null);
  }

  /// Whether a condition holds of some version of a row.
  boolean holds(String entity, Value id, Expression condition, Evaluator evaluator) {
    return rows(entity).stream()
        .filter(row -> row.id().equals(id))
        .anyMatch(row -> evaluator.holds(condition, Map.of(Expression.Variable.ROW, row)));
  }

  @Override
  public List<Row> rows(String entity) {
    if (History.isVersions(entity)) {
      return known.computeIfAbsent(entity, this::versions);
    }
    var rows = new ArrayList<Row>();
    tables.rows(entity).forEach(rows::add);
    return rows;
  }

  private List<Row> versions(String entity) {
    var rows = new ArrayList<Row>();
    for (var kept : tables.rows(History.past(History.present(entity)))) {
      if (asked(entity, kept)) {
        var id = kept.value(History.ROW);
        rows.add(kept.with("id", id).with(History.NOW, id).with(History.LAST, id));
      }
    }
    return rows;
  }

  private boolean asked(String entity, Row kept) {
    if (History.isLast(entity)) {
      return kept.value(History.UNTIL) == Value.NULL;
    }
    return moment == null || valid(kept, moment);
  }

  private static boolean valid(Row kept, Instant moment) {
    var begun =
        kept.value(History.FROM) instanceof Value.Timestamp(var from) && !from.isAfter(moment);
    var over =
        kept.value(History.UNTIL) instanceof Value.Timestamp(var until) && !until.isAfter(moment);
    return begun && !over && !kept.value(History.KIND).equals(Value.of(Versions.DELETE));
  }

  @Override
  public Optional<Row> find(String entity, Value id) {
    return History.isVersions(entity) ? versions.find(entity, id) : present.find(entity, id);
  }

  @Override
  public Iterable<Row> list(String entity, String list, Value id) {
    return History.isVersions(entity)
        ? versions.list(entity, list, id)
        : present.list(entity, list, id);
  }
}
