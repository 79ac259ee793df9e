package engineroom.stores.sqlite;

import engineroom.expression.Expression;
import engineroom.expression.Expression.And;
import engineroom.expression.Expression.Compare;
import engineroom.expression.Expression.Function;
import engineroom.expression.Expression.Get;
import engineroom.expression.Expression.Parameter;
import engineroom.expression.Expression.Variable;
import engineroom.expression.Rewrite;
import engineroom.model.Entity;
import engineroom.model.Field;
import engineroom.model.FieldType;
import engineroom.model.History;
import engineroom.model.Model;
import engineroom.operation.Selection.Sort;
import engineroom.plan.Plan;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Names the index that a read lacks, in words that the owner can put into the model: the fields
/// that must be equal, then those of the order, else one whose range is asked.
final class MissingIndex {
  private static final String SORTED = "USE TEMP B-TREE FOR ORDER BY";

  private final Entity entity;
  private final Set<String> equal = new LinkedHashSet<>();
  private final Set<String> ranged = new LinkedHashSet<>();

  private MissingIndex(Entity entity) {
    this.entity = entity;
  }

  /// The lines of a plan, and one more where an index would help.
  static List<String> advised(Model model, Plan plan, List<String> lines) {
    if (History.isThen(plan.entity())
        || History.isPast(plan.entity())
        || model.entity(plan.entity()).adopted() != null) {
      return lines;
    }
    var advice = new MissingIndex(model.entity(plan.entity())).advice(plan, lines);
    var all = new ArrayList<>(lines);
    advice.ifPresent(all::add);
    return all;
  }

  private Optional<String> advice(Plan plan, List<String> lines) {
    if (!scans(lines) && !lines.contains(SORTED)) {
      return Optional.empty();
    }
    var fields =
        switch (plan) {
          case Plan.Rows rows -> fields(rows.filter(), rows.sort());
          case Plan.Groups(var summary, _) -> fields(summary.filter(), List.of());
        };
    if (fields.isEmpty() || known(fields)) {
      return Optional.empty();
    }
    var names = String.join(", ", fields);
    var index = fields.size() == 1 ? names : "[" + names + "]";
    return Optional.of(
        "An index would help: put indexes: [ " + index + " ] into " + entity.name() + ".");
  }

  /// Whether the rows themselves are looked at one after the other: the first table named is
  /// theirs.
  static boolean scans(List<String> lines) {
    return lines.stream()
        .filter(line -> line.startsWith("SCAN ") || line.startsWith("SEARCH "))
        .findFirst()
        .filter(line -> line.startsWith("SCAN "))
        .isPresent();
  }

  private List<String> fields(Expression filter, List<Sort> sort) {
    collect(filter);
    var fields = new LinkedHashSet<>(equal);
    var order = order(sort);
    fields.addAll(order);
    if (order.isEmpty()) {
      ranged.stream().filter(field -> !equal.contains(field)).findFirst().ifPresent(fields::add);
    }
    return List.copyOf(fields);
  }

  private void collect(Expression condition) {
    if (condition instanceof And(var parts)) {
      parts.forEach(this::collect);
    }
    if (condition instanceof Compare(var comparison, var left, var right)
        && !Rewrite.dependsOnRow(right)) {
      switch (comparison) {
        case EQUAL -> column(left).ifPresent(equal::add);
        case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> column(left).ifPresent(ranged::add);
        case NOT_EQUAL -> {}
      }
    }
    if (condition instanceof Expression.In(var element, Parameter _)) {
      column(element).ifPresent(ranged::add);
    }
  }

  /// The first keys of an order that an index can give, all in one direction; the id comes by
  /// itself.
  private List<String> order(List<Sort> sort) {
    var fields = new ArrayList<String>();
    for (var key : sort) {
      var column = column(key.by());
      if (column.isEmpty()
          || column.get().equals("id")
          || key.direction() != sort.getFirst().direction()) {
        return fields;
      }
      fields.add(column.get());
    }
    return fields;
  }

  /// The field whose column an index keeps in the order of this expression.
  private Optional<String> column(Expression expression) {
    return switch (expression) {
      case Get(Variable(var name, _), var field, _) when name.equals(Variable.ROW) ->
          Optional.of(field).filter(f -> plain(entity.field(f)));
      case Get(Get(Variable(var name, _), var field, _), var part, _)
          when name.equals(Variable.ROW) && part.equals("amount") ->
          Optional.of(field).filter(f -> oneCurrency(entity.field(f)));
      case Expression.Call(var function, var of, _)
          when function == Function.LOWER
              && of.getFirst() instanceof Get(Variable(var name, _), var field, _)
              && name.equals(Variable.ROW) ->
          Optional.of(field).filter(f -> ignoresCase(entity.field(f)));
      case Expression _ -> Optional.empty();
    };
  }

  private static boolean plain(Field field) {
    return switch (field.type()) {
      case FieldType.Text(_, _, _, _, var ignoreCase, _) -> !ignoreCase;
      case FieldType.Whole _, FieldType.Number _, FieldType.Choice _, FieldType.Reference _ -> true;
      case FieldType.Plain plain -> plain != FieldType.Plain.POINT;
      case FieldType.Decimal _,
          FieldType.Money _,
          FieldType.Json _,
          FieldType.Bytes _,
          FieldType.ListOf _ ->
          false;
    };
  }

  private static boolean oneCurrency(Field field) {
    return field.type() instanceof FieldType.Money(var currency, _, _) && currency != null;
  }

  private static boolean ignoresCase(Field field) {
    return field.type() instanceof FieldType.Text(_, _, _, _, var ignoreCase, _) && ignoreCase;
  }

  /// Whether the model has such an index, which the store did not choose to use.
  private boolean known(List<String> fields) {
    var keys = entity.keys();
    return fields.equals(List.of("id"))
        || keys.indexes().stream().anyMatch(index -> begins(index, fields))
        || keys.uniques().stream().anyMatch(unique -> begins(unique, fields))
        || (fields.size() == 1
            && entity.field(fields.getFirst()).type() instanceof FieldType.Reference);
  }

  private static boolean begins(List<String> index, List<String> fields) {
    return index.size() >= fields.size() && index.subList(0, fields.size()).equals(fields);
  }
}
