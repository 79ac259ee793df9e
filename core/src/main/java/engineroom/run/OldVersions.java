package engineroom.run;

import engineroom.authorize.Shape;
import engineroom.data.Type.Scalar;
import engineroom.data.Value;
import engineroom.expression.Arguments;
import engineroom.expression.Expression;
import engineroom.expression.Expression.And;
import engineroom.expression.Expression.Compare;
import engineroom.expression.Expression.Comparison;
import engineroom.expression.Expression.Literal;
import engineroom.expression.Expression.Parameter;
import engineroom.model.Entity;
import engineroom.model.History;
import engineroom.operation.Selection.Direction;
import engineroom.operation.Selection.Sort;
import engineroom.plan.Counted;
import engineroom.plan.Plan;
import engineroom.store.Store;
import engineroom.store.Store.Binding;
import engineroom.store.Store.Statement;
import engineroom.store.Transaction;
import engineroom.store.Versions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Forgets versions that were over longer ago than the owner wants to know, and all versions of
/// rows that were deleted longer ago than that. The version that a row has now stays, however old.
///
/// Versions are looked through in the order of their ids, a window at a time. Each go looks at so
/// many windows of an entity at most, and the next one goes on there.
public final class OldVersions {
  /// Versions forgotten in one transaction.
  private static final int AT_ONCE = 500;

  private static final Duration TIME = Duration.ofMinutes(1);
  private static final Value BEGIN = Value.of("");

  private final Store store;
  private final Look look;
  private final Map<String, Statements> statements = new ConcurrentHashMap<>();
  private final Map<String, Value> places = new ConcurrentHashMap<>();

  /// How far one go looks.
  ///
  /// @param window versions that one question is about
  /// @param windows of each entity
  public record Look(int window, int windows) {
    public Look {
      if (window < 1 || windows < 1) {
        throw new IllegalArgumentException("a look is at something");
      }
    }

    /// A million versions of each entity.
    public static Look usual() {
      return new Look(5_000, 200);
    }
  }

  /// The questions about the versions of one entity.
  ///
  /// @param ends the last version of a window
  /// @param over those that ended before a moment, and those that say since before it that a row is
  ///   gone
  /// @param gone those that say so alone
  /// @param ofRow all those of a row, the oldest first
  private record Statements(Statement ends, Ranged over, Ranged gone, Statement ofRow) {}

  /// A question about a window: its arguments are the version behind which it begins, a moment, and
  /// its last version.
  ///
  /// @param last of the window that has no end
  private record Ranged(Statement inner, Statement last) {
    Asked at(Value behind, @Nullable Value end, Instant before) {
      var arguments = new ArrayList<Value>(List.of(behind, new Value.Timestamp(before)));
      if (end != null) {
        arguments.add(end);
      }
      var some = new Binding(new Arguments(arguments), AT_ONCE, 0, TIME);
      return new Asked(end == null ? last : inner, some);
    }
  }

  /// A question with its arguments.
  private record Asked(Statement statement, Binding binding) {
    boolean finds(Store store) {
      return !store.read(statement, binding).rows().isEmpty();
    }

    List<Value> ids(Transaction within) {
      return within.ids(statement, binding);
    }
  }

  public OldVersions(Store store) {
    this(store, Look.usual());
  }

  public OldVersions(Store store, Look look) {
    this.store = store;
    this.look = look;
  }

  /// Forgets what is over by now in the part that it looks at, and tells how many versions.
  public int purge(Instant now) {
    int forgotten = 0;
    for (var entity : store.model().entities().values()) {
      if (entity.life().history() && entity.life().past().ends()) {
        forgotten += purge(entity, now);
      }
    }
    return forgotten;
  }

  private int purge(Entity entity, Instant now) {
    var name = History.past(entity.name());
    var asked = statements.computeIfAbsent(name, this::statements);
    var over = entity.life().past().versions();
    var gone = entity.life().past().gone();
    int forgotten = 0;
    @Nullable Value behind = places.getOrDefault(name, BEGIN);
    for (int window = 0; behind != null && window < look.windows(); window++) {
      var end = end(asked.ends(), behind);
      if (gone != null) {
        forgotten += rows(name, asked.gone().at(behind, end, now.minus(gone)), asked.ofRow());
      }
      if (over != null) {
        forgotten += versions(name, asked.over().at(behind, end, now.minus(over)));
      }
      behind = end;
    }
    places.put(name, behind == null ? BEGIN : behind);
    return forgotten;
  }

  /// The last version of a window; null where it is the last window.
  private @Nullable Value end(Statement ends, Value behind) {
    var nth = new Binding(new Arguments(List.of(behind)), 1, look.window() - 1L, TIME);
    var keys = store.read(ends, nth).lastKeys();
    return keys.isEmpty() ? null : keys.getFirst();
  }

  /// Looks without holding up writers, and only then writes.
  private int versions(String name, Asked over) {
    int forgotten = 0;
    while (over.finds(store)) {
      forgotten += store.<Integer>write(within -> forgotten(within, name, over.ids(within)));
    }
    return forgotten;
  }

  /// Of rows that are gone, whole, some versions in each transaction: what says that a row is gone
  /// is its last version, and goes last.
  private int rows(String name, Asked gone, Statement ofRow) {
    int forgotten = 0;
    while (gone.finds(store)) {
      forgotten +=
          store.<Integer>write(
              within -> {
                var ids = new ArrayList<Value>();
                for (var last : gone.ids(within)) {
                  int left = AT_ONCE - ids.size();
                  ids.addAll(left > 0 ? ofRow(within, name, last, ofRow, left) : List.of());
                }
                return forgotten(within, name, ids);
              });
    }
    return forgotten;
  }

  private static List<Value> ofRow(
      Transaction within, String name, Value version, Statement ofRow, int limit) {
    var row = within.find(name, version).orElseThrow().value(History.ROW);
    return within.ids(ofRow, new Binding(new Arguments(List.of(row)), limit, 0, TIME));
  }

  private static int forgotten(Transaction within, String name, List<Value> ids) {
    ids.forEach(id -> within.delete(name, id));
    return ids.size();
  }

  private Statements statements(String name) {
    var versions = History.stored(store.model()).entity(name);
    var row = versions.get(History.ROW);
    var same = new Compare(Comparison.EQUAL, row, new Parameter(0, row.type()));
    var over = compare(versions, History.UNTIL, Comparison.LESS, timestamp());
    var gone = gone(versions);
    return new Statements(
        compiled(versions, behind(versions), "id"),
        ranged(versions, new Expression.Or(List.of(over, gone))),
        ranged(versions, gone),
        compiled(versions, same, "version"));
  }

  private Ranged ranged(Entity versions, Expression condition) {
    var end = compare(versions, "id", Comparison.LESS_OR_EQUAL, new Parameter(2, Scalar.TEXT));
    var last = new And(List.of(behind(versions), condition));
    var inner = new And(List.of(behind(versions), end, condition));
    return new Ranged(compiled(versions, inner, "id"), compiled(versions, last, "id"));
  }

  private static Parameter timestamp() {
    return new Parameter(1, Scalar.TIMESTAMP);
  }

  private static Expression behind(Entity versions) {
    return compare(versions, "id", Comparison.GREATER, new Parameter(0, Scalar.TEXT));
  }

  private static Expression gone(Entity versions) {
    var none = new Literal(Value.NULL, Scalar.TIMESTAMP);
    var deleted = new Literal(Value.of(Versions.DELETE), Scalar.TEXT);
    return new And(
        List.of(
            compare(versions, History.UNTIL, Comparison.EQUAL, none),
            compare(versions, History.KIND, Comparison.EQUAL, deleted),
            compare(versions, History.FROM, Comparison.LESS, timestamp())));
  }

  private static Expression compare(
      Entity versions, String field, Comparison comparison, Expression other) {
    return new Compare(comparison, versions.get(field), other);
  }

  private Statement compiled(Entity versions, Expression filter, String sort) {
    var sorts = new ArrayList<Sort>();
    sorts.add(new Sort(versions.get(sort), Direction.ASCENDING));
    if (!sort.equals("id")) {
      sorts.add(new Sort(versions.get("id"), Direction.ASCENDING));
    }
    return store.compile(
        new Plan.Rows(
            versions.name(), new Shape(List.of()), filter, Counted.Nothing.NOTHING, sorts));
  }
}
