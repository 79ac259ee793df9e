package engineroom.authorize;

import static engineroom.problem.ProblemException.problem;

import engineroom.data.Type;
import engineroom.expression.Expression;
import engineroom.expression.Rewrite;
import engineroom.model.Entity;
import engineroom.model.FieldType.Reference;
import engineroom.model.History;
import engineroom.model.Model;
import engineroom.operation.Query;
import engineroom.operation.Query.Counting;
import engineroom.operation.Selection;
import engineroom.operation.Selection.Expansion;
import engineroom.operation.Selection.Sort;
import engineroom.operation.Summary;
import engineroom.problem.OperationProblem.BadExpression;
import engineroom.problem.OperationProblem.NoHistory;
import engineroom.problem.OperationProblem.PastForgotten;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Puts a question about rows as they are to their versions: every row that it goes through becomes
/// a version of that row, so each entity on the way must keep a history.
final class Recall {
  private final Model model;

  /// How long ago the moment is; null where none is asked for.
  private final @Nullable Duration ago;

  /// @param model with all that a read may name
  Recall(Model model) {
    this(model, null);
  }

  private Recall(Model model, @Nullable Duration ago) {
    this.model = model;
    this.ago = ago;
  }

  /// For questions about a moment, of which everything must still be kept.
  Recall at(Instant moment, Instant now) {
    return new Recall(model, Duration.between(moment, now));
  }

  /// The entity whose versions are asked for.
  String entity(String name) {
    if (!History.keeps(model, name)) {
      throw problem(new NoHistory(name));
    }
    var past = model.entity(name).life().past().versions();
    if (past != null && ago != null && ago.compareTo(past) > 0) {
      throw problem(new PastForgotten(name, past));
    }
    return History.then(name);
  }

  /// A question for rows. What can't be guessed of versions is counted.
  Query query(Query query) {
    var counting = query.counting() == Counting.NONE ? Counting.NONE : Counting.EXACT;
    return new Query(
        entity(query.entity()),
        selection(query.entity(), query.selection()),
        expression(query.filter()),
        sort(query.sort()),
        counting);
  }

  /// What is shown of a row.
  Selection selection(String entity, Selection selection) {
    var expansions =
        selection.expansions().stream()
            .map(expansion -> expansion(model.entity(entity), expansion))
            .toList();
    return new Selection(selection.fields(), expansions);
  }

  private Expansion expansion(Entity entity, Expansion expansion) {
    var rows = rows(entity, expansion.field());
    if (rows == null) {
      return expansion; // told of by whoever looks for it
    }
    entity(rows);
    return new Expansion(
        expansion.field(),
        expansion.as(),
        selection(rows, expansion.selection()),
        expression(expansion.filter()),
        sort(expansion.sort()),
        expansion.limit());
  }

  private static @Nullable String rows(Entity entity, String name) {
    var list = entity.findList(name);
    if (list.isPresent()) {
      return list.get().entity();
    }
    return entity
        .findField(name)
        .map(field -> field.type() instanceof Reference reference ? reference.entity() : null)
        .orElse(null);
  }

  private List<Sort> sort(List<Sort> sort) {
    return sort.stream().map(key -> new Sort(expression(key.by()), key.direction())).toList();
  }

  /// A question for totals.
  Summary summary(Summary summary) {
    return new Summary(
        entity(summary.entity()),
        expression(summary.filter()),
        summary.groups().stream()
            .map(group -> new Summary.Group(group.name(), expression(group.by())))
            .toList(),
        summary.measures().stream().map(this::measure).toList(),
        summary.having(),
        summary.sort());
  }

  private Summary.Measure measure(Summary.Measure measure) {
    var of = measure.of();
    return of == null
        ? measure
        : new Summary.Measure(measure.function(), measure.name(), expression(of));
  }

  private Expression expression(Expression expression) {
    return Rewrite.map(expression, this::part);
  }

  private Expression part(Expression part) {
    return switch (part) {
      case Expression.Get get -> get(get);
      case Expression.Variable(var name, Type.RowOf(var entity)) ->
          new Expression.Variable(name, new Type.RowOf(entity(entity)));
      case Expression.Parameter(var index, var type) -> new Expression.Parameter(index, then(type));
      case Expression.Literal(var value, var type) -> new Expression.Literal(value, then(type));
      case Expression.Conditional(var condition, var yes, var no, var type) ->
          new Expression.Conditional(condition, yes, no, then(type));
      case Expression.Search _ ->
          throw problem(
              new BadExpression(
                  "The words of rows are known only as they are today.",
                  "Search without asOf, or ask with startsWith, contains or like."));
      case Expression.Fact _,
          Expression.Guarded _,
          Expression.Not _,
          Expression.Negate _,
          Expression.And _,
          Expression.Or _,
          Expression.Compare _,
          Expression.Arithmetic _,
          Expression.In _,
          Expression.ListOf _,
          Expression.Call _,
          Expression.Quantified _,
          Expression.Count _,
          Expression.Rollup _ ->
          part;
    };
  }

  /// A field of a version. What is said of rows without a history stands for rows of today.
  private Expression get(Expression.Get get) {
    if (!(get.row().type() instanceof Type.RowOf(var entity))) {
      return get;
    }
    entity(History.present(entity));
    if (get.type() instanceof Type.RowsOf(var rows)) {
      return new Expression.Get(get.row(), get.field(), new Type.RowsOf(entity(rows)));
    }
    return new Expression.Get(get.row(), get.field(), then(get.type()));
  }

  private Type then(Type type) {
    return switch (type) {
      case Type.RowOf(var entity) when History.keeps(model, entity) ->
          new Type.RowOf(History.then(entity));
      case Type.RowsOf _, Type.RowOf _, Type.ListOf _, Type.Scalar _ -> type;
    };
  }
}
