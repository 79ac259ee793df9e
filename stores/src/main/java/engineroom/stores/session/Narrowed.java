package engineroom.stores.session;

import engineroom.data.Row;
import engineroom.expression.Expression;
import engineroom.expression.Expression.And;
import engineroom.model.History;
import engineroom.plan.Counted;
import engineroom.plan.Plan;
import engineroom.store.Store;
import engineroom.stores.sql.Dialect.Unsayable;
import engineroom.stores.sql.EntitySql;
import engineroom.stores.sql.ExpressionWriter;
import engineroom.stores.sql.RowsSql;
import engineroom.stores.sql.SqlText;
import engineroom.stores.sql.TableNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The rows that a plan may give, for plans that go on in memory: those that meet the part of its
/// filter that SQL has words for.
public final class Narrowed {
  private final EntitySql entity;
  private final Variants<SqlText> sql;

  private Narrowed(EntitySql entity, Variants<SqlText> sql) {
    this.entity = entity;
    this.sql = sql;
  }

  /// Nothing where the plan reads versions of the past, or all rows.
  public static Optional<Narrowed> of(
      Plan plan, Map<String, EntitySql> entities, TableNames names) {
    var entity = entities.get(plan.entity());
    if (entity == null || History.isVersions(plan.entity())) {
      return Optional.empty();
    }
    var parts = filter(plan);
    return Optional.of(
        new Narrowed(entity, new Variants<>(names, writer -> written(entity, parts, writer))));
  }

  /// The conditions that every row has to meet that the plan gives or counts.
  private static List<Expression> filter(Plan plan) {
    return switch (plan) {
      case Plan.Groups groups -> parts(groups.summary().filter());
      case Plan.Rows rows -> {
        var parts = new ArrayList<>(parts(rows.filter()));
        switch (rows.counted()) {
          case Counted.Nothing.NOTHING -> {}
          case Counted.Exactly(var all) -> parts.retainAll(parts(all));
          case Counted.Roughly(var all) -> parts.retainAll(parts(all));
        }
        yield parts;
      }
    };
  }

  private static List<Expression> parts(Expression filter) {
    return filter instanceof And(var parts)
        ? parts.stream().flatMap(part -> parts(part).stream()).toList()
        : List.of(filter);
  }

  private static Optional<SqlText> written(
      EntitySql entity, List<Expression> parts, ExpressionWriter writer) {
    var sayable = parts.stream().filter(part -> sayable(entity, part, writer)).toList();
    return sayable.isEmpty()
        ? Optional.empty()
        : Optional.of(RowsSql.whole(entity, new And(sayable), writer));
  }

  private static boolean sayable(EntitySql entity, Expression part, ExpressionWriter writer) {
    try {
      return !part.equals(Expression.TRUE) && !RowsSql.whole(entity, part, writer).text().isEmpty();
    } catch (Unsayable _) {
      return false;
    }
  }

  /// The tables with fewer rows, within a transaction.
  public Store.Tables tables(ReadSession connection, Store.Tables all, Store.Binding binding) {
    return sql.of(binding.arguments())
        .<Store.Tables>map(
            text ->
                name ->
                    name.equals(entity.entity().name())
                        ? rowsOr(connection, text, binding, all)
                        : all.rows(name))
        .orElse(all);
  }

  private List<Row> rows(ReadSession connection, SqlText text, Store.Binding binding) {
    var found = new ArrayList<Row>();
    var values = text.values(connection.source(binding.arguments(), 0, 0));
    try (var rows = connection.rows(text.text(), values)) {
      while (rows.next()) {
        found.add(entity.row(rows));
      }
    }
    return found;
  }

  /// The rows; all of them where a value can't be worked out.
  private Iterable<Row> rowsOr(
      ReadSession connection, SqlText text, Store.Binding binding, Store.Tables all) {
    connection.execute("SAVEPOINT narrowed");
    try {
      return rows(connection, text, binding);
    } catch (SessionFailure e) {
      if (!e.unsaid()) {
        throw e;
      }
      connection.execute("ROLLBACK TO narrowed");
      return all.rows(entity.entity().name());
    }
  }
}
