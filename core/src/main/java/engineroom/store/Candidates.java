package engineroom.store;

import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.expression.Arguments;
import engineroom.expression.Expression;
import engineroom.expression.Expression.And;
import engineroom.expression.Expression.Compare;
import engineroom.expression.Expression.Comparison;
import engineroom.expression.Expression.Get;
import engineroom.expression.Expression.Literal;
import engineroom.expression.Expression.Parameter;
import engineroom.expression.Expression.Variable;
import engineroom.expression.Lookup;
import engineroom.model.FieldType;
import engineroom.model.History;
import engineroom.model.Model;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The rows that may meet a filter: one by its id, those of an inverse list, or all. Only saves
/// work: whoever asks still tests each row.
final class Candidates {
  private final Model model;
  private final Store.Tables tables;
  private final Lookup lookup;
  private final Arguments arguments;

  Candidates(Model model, Store.Tables tables, Lookup lookup, Arguments arguments) {
    this.model = model;
    this.tables = tables;
    this.lookup = lookup;
    this.arguments = arguments;
  }

  /// No fewer than the rows that meet the filter.
  Iterable<Row> rows(String entity, Expression filter) {
    return switch (way(model, entity, filter)) {
      case Way.Every _ -> tables.rows(entity);
      case Way.ById(var constant) when fits(entity, value(constant)) ->
          lookup.find(entity, value(constant)).map(List::of).orElse(List.of());
      case Way.ByReference(var reference, var constant)
          when fits(reference.entity(), value(constant)) ->
          lookup.list(reference.entity(), reference.inverse(), value(constant));
      case Way.ById _, Way.ByReference _ -> tables.rows(entity);
    };
  }

  /// How rows are found.
  sealed interface Way {
    enum Every implements Way {
      EVERY
    }

    record ById(Expression constant) implements Way {}

    record ByReference(FieldType.Reference reference, Expression constant) implements Way {}
  }

  /// The best way that the filter allows.
  static Way way(Model model, String entity, Expression filter) {
    if (History.isThen(entity)) {
      return Way.Every.EVERY;
    }
    return switch (filter) {
      case And(var parts) -> {
        Way best = Way.Every.EVERY;
        for (var part : parts) {
          best = better(best, way(model, entity, part));
        }
        yield best;
      }
      case Compare(var comparison, Get(Variable(var name, _), var field, _), var constant)
          when comparison == Comparison.EQUAL
              && name.equals(Variable.ROW)
              && (constant instanceof Literal || constant instanceof Parameter) ->
          way(model, entity, field, constant);
      case Expression _ -> Way.Every.EVERY;
    };
  }

  private static Way way(Model model, String entity, String field, Expression constant) {
    if (field.equals("id")) {
      return new Way.ById(constant);
    }
    return model.entity(entity).field(field).type() instanceof FieldType.Reference reference
        ? new Way.ByReference(reference, constant)
        : Way.Every.EVERY;
  }

  private static Way better(Way one, Way other) {
    return one instanceof Way.ById || other instanceof Way.Every ? one : other;
  }

  private Value value(Expression constant) {
    return switch (constant) {
      case Literal(var value, _) -> value;
      case Parameter(var index, _) -> arguments.value(index);
      case Expression _ -> throw new IllegalArgumentException("no constant: " + constant);
    };
  }

  /// Whether the value is of the kind of the entity's ids, so that equal means the same.
  private boolean fits(String entity, @Nullable Value value) {
    return switch (model.entity(entity).field("id").type()) {
      case FieldType.Plain plain -> plain == FieldType.Plain.UUID && value instanceof Value.Uuid;
      case FieldType.Text text -> !text.ignoreCase() && value instanceof Value.Text;
      case FieldType.Whole _ -> value instanceof Value.Integer;
      case FieldType _ -> false;
    };
  }
}
