package engineroom.door.query;

import engineroom.data.Type;
import engineroom.expression.Expression;
import engineroom.expression.Expression.Get;
import engineroom.expression.Expression.Variable;
import engineroom.model.Entity;
import engineroom.model.FieldType;
import java.util.Optional;

/// Where a dotted path leads.
sealed interface Place {
  Expression expression();

  /// A row: the one in question, or one that a reference leads to.
  record Entry(Entity entity, Expression expression) implements Place {}

  /// A value.
  record Column(String name, FieldType type, Expression expression) implements Place {}

  /// The rows of an inverse list.
  record Rows(Entity entity, Expression expression) implements Place {}

  /// The row in question.
  static Entry row(Entity entity) {
    return new Entry(entity, entity.row());
  }

  /// The row that a variable of a list stands for.
  static Entry variable(Entity entity, String name) {
    return new Entry(entity, new Variable(name, new Type.RowOf(entity.name())));
  }

  /// One name further, or nothing where that name does not exist for the caller.
  default Optional<Place> step(String name, Names names) {
    return switch (this) {
      case Entry(var entity, var row) -> member(entity, row, name, names);
      case Column(_, var type, var value) -> part(type, value, name);
      case Rows _ -> Optional.empty();
    };
  }

  private static Optional<Place> member(Entity entity, Expression row, String name, Names names) {
    var field = names.findField(entity, name);
    if (field.isPresent()) {
      var type = field.get().type();
      var get = new Get(row, name, type.type());
      return Optional.of(
          type instanceof FieldType.Reference(var referred, _, _, _)
              ? new Entry(names.model().entity(referred), get)
              : new Column(name, type, get));
    }
    return names
        .findList(entity, name)
        .map(
            list ->
                new Rows(
                    names.model().entity(list.entity()),
                    new Get(row, name, new Type.RowsOf(list.entity()))));
  }

  private static Optional<Place> part(FieldType type, Expression value, String name) {
    boolean money = type instanceof FieldType.Money;
    boolean point = type == FieldType.Plain.POINT;
    if (money && name.equals("amount")) {
      return Optional.of(
          new Column(
              name, new FieldType.Whole(null, null), new Get(value, name, Type.Scalar.INTEGER)));
    }
    if (money && name.equals("currency")) {
      return Optional.of(
          new Column(name, FieldType.Text.PLAIN, new Get(value, name, Type.Scalar.TEXT)));
    }
    if (point && (name.equals("latitude") || name.equals("longitude"))) {
      return Optional.of(
          new Column(
              name, new FieldType.Number(null, null), new Get(value, name, Type.Scalar.NUMBER)));
    }
    return Optional.empty();
  }

  /// Money of one currency as its amount, text without regard to case in lower case: what
  /// comparisons and orders use.
  static Column comparable(Column column) {
    return switch (column.type()) {
      case FieldType.Money(var currency, _, _) when currency != null ->
          new Column(
              column.name(),
              new FieldType.Whole(null, null),
              new Get(column.expression(), "amount", Type.Scalar.INTEGER));
      case FieldType.Text(_, _, _, _, var ignoreCase, _) when ignoreCase ->
          new Column(column.name(), column.type(), Filters.lower(column.expression()));
      case FieldType.Text _,
          FieldType.Money _,
          FieldType.Whole _,
          FieldType.Decimal _,
          FieldType.Number _,
          FieldType.Plain _,
          FieldType.Choice _,
          FieldType.Json _,
          FieldType.Bytes _,
          FieldType.Reference _,
          FieldType.ListOf _ ->
          column;
    };
  }
}
