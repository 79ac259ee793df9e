package engineroom.stores.sql;

import engineroom.data.Type;
import engineroom.data.Value;
import engineroom.expression.Expression;
import engineroom.expression.Expression.Conditional;
import engineroom.expression.Expression.Get;
import engineroom.expression.Expression.Guarded;
import engineroom.expression.Expression.Literal;
import engineroom.expression.Expression.Parameter;
import engineroom.expression.Expression.Rollup;
import engineroom.expression.Expression.Variable;
import engineroom.model.History;
import java.util.ArrayList;
import java.util.function.Function;

/// Writes what is reached through rows: columns, references followed, the rows of lists.
final class RowWriter {
  private final ExpressionWriter writer;

  RowWriter(ExpressionWriter writer) {
    this.writer = writer;
  }

  /// The id of a row; null where it is absent.
  Sql id(Expression row, Names names) {
    return switch (row) {
      case Variable(var name, _) -> Sql.of(key(names.table(name), "id"));
      case Get(var owner, var field, _) ->
          column(owner, writer.tables().key(entity(owner), field), names);
      case Guarded guarded -> of(guarded, names, table -> Sql.of(key(table, "id")));
      case Conditional(var condition, var then, var otherwise, _) ->
          Sql.of(
                  "CASE WHEN ",
                  writer.condition(condition, names),
                  " THEN ",
                  id(then, names),
                  " ELSE ")
              .add(id(otherwise, names))
              .add(" END");
      case Literal(var value, _) when value instanceof Value.Null -> Sql.of("NULL");
      case Parameter(var index, var type) ->
          new Sql().bind(new Bind.Argument(index, Form.of(writer.tables().model(), type), 0));
      default -> throw new IllegalArgumentException("not a row: " + row);
    };
  }

  /// The column of a table by which rows are looked for.
  String key(Names.Table table, String field) {
    return table.column(writer.tables().key(table.entity(), field));
  }

  /// A column of a row; null where the row is absent.
  Sql column(Expression row, String column, Names names) {
    return of(row, names, table -> Sql.of(table.column(column)));
  }

  /// Something said of a row; null where the row is absent.
  Sql of(Expression row, Names names, Function<Names.Table, Sql> said) {
    if (row instanceof Variable(var name, _)) {
      return said.apply(names.table(name));
    }
    var table = names.fresh(entity(row));
    var sql = Sql.of("(SELECT ", said.apply(table), " FROM ", from(table), " WHERE ");
    if (row instanceof Guarded(var guardedRow, var variable, var condition)) {
      return sql.add(Sql.of(key(table, "id"), " = ", id(guardedRow, names), " AND "))
          .add(writer.condition(condition, names.with(variable, table)))
          .add(")");
    }
    return sql.add(Sql.of(key(table, "id"), " = ", id(row, names), ")"));
  }

  /// The rows of a list that meet a condition, from `FROM` on.
  Sql list(Expression list, String variable, Expression condition, Names names) {
    return listed(list, names, table -> writer.condition(condition, names.with(variable, table)));
  }

  /// The values that a roll-up is made of.
  Dialect.Each values(Rollup rollup, Form form, Names names) {
    if (!(rollup.list() instanceof Get(var owner, var name, _))) {
      throw new IllegalArgumentException("not an inverse list: " + rollup.list());
    }
    var inverse = writer.tables().model().entity(entity(owner)).findList(name).orElseThrow();
    var table = names.fresh(inverse.entity());
    var inner = names.with(rollup.variable(), table);
    var rows =
        Sql.of(" FROM ", from(table), " WHERE ", key(table, inverse.field()), " = ")
            .add(id(owner, names))
            .add(" AND ")
            .add(writer.condition(rollup.condition(), inner));
    return new Dialect.Each(writer.as(form, rollup.value(), 0, inner), rows);
  }

  /// The rows of a list that something is said of, from `FROM` on.
  Sql listed(Expression list, Names names, Function<Names.Table, Sql> said) {
    if (!(list instanceof Get(var owner, var name, _))) {
      throw new IllegalArgumentException("not an inverse list: " + list);
    }
    var inverse = writer.tables().model().entity(entity(owner)).findList(name).orElseThrow();
    var table = names.fresh(inverse.entity());
    return Sql.of(" FROM ", from(table), " WHERE ", key(table, inverse.field()), " = ")
        .add(id(owner, names))
        .add(" AND ")
        .add(said.apply(table));
  }

  /// That a row has an id that is made of several values: each is looked for, so that the index of
  /// the table's key serves.
  Sql composed(Names.Table table, Bind.Operand id) {
    var entity = writer.tables().model().entity(table.entity());
    var parts = entity.idParts();
    var equal = new ArrayList<Sql>();
    for (var part : parts) {
      var type = writer.tables().plain(entity.field(part).type().type());
      var form = writer.tables().form(entity.field(part));
      var bind = new Bind.IdPart(id, equal.size(), parts.size(), new Bind.Kind(type, form));
      equal.add(Sql.of(key(table, part), " = ", looked(bind, form)));
    }
    return Sql.of("(", Sql.joined(" AND ", equal), ")");
  }

  /// A place for a value that rows are looked for by: a text gets the order of the column.
  Sql looked(Bind bind, Form form) {
    return form == Form.Simple.TEXT
        ? new Sql().bind(bind)
        : writer.dialect().values().mark(bind, form, 0);
  }

  Sql from(Names.Table table) {
    var entity = table.entity();
    if (!History.isVersions(entity)) {
      return Sql.of(writer.tables().rows(entity), " ", table.alias());
    }
    var versions = Sql.name(History.past(History.present(entity)));
    if (History.isLast(entity)) {
      var last = "(SELECT * FROM " + versions + " WHERE " + Sql.name(History.UNTIL) + " IS NULL) ";
      return Sql.of(last, table.alias());
    }
    return table.moment() == null
        ? Sql.of(versions, " ", table.alias())
        : Sql.of("(", valid(versions, table.moment()), ") ", table.alias());
  }

  /// The versions of rows that were there at a moment.
  private static Sql valid(String versions, int moment) {
    var at = new Bind.Argument(moment, Form.Simple.TIMESTAMP, 0);
    return Sql.of("SELECT * FROM ", versions, " WHERE ", Sql.name(History.FROM), " <= ")
        .bind(at)
        .add(" AND (" + Sql.name(History.UNTIL) + " IS NULL OR " + Sql.name(History.UNTIL) + " > ")
        .bind(at)
        .add(") AND " + Sql.name(History.KIND) + " <> 'delete'");
  }

  static String entity(Expression row) {
    if (row.type() instanceof Type.RowOf(var entity)) {
      return entity;
    }
    throw new IllegalArgumentException("not a row: " + row);
  }
}
