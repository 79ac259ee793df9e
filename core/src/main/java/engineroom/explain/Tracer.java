package engineroom.explain;

import engineroom.authorize.CallerFacts;
import engineroom.authorize.KnownFacts;
import engineroom.data.Row;
import engineroom.data.Type;
import engineroom.data.Value;
import engineroom.expression.Arguments;
import engineroom.expression.Evaluator;
import engineroom.expression.Expression;
import engineroom.expression.Expression.Get;
import engineroom.expression.Expression.Literal;
import engineroom.expression.Expression.Quantified;
import engineroom.expression.Expression.Variable;
import engineroom.expression.Lookup;
import engineroom.expression.Rewrite;
import engineroom.model.Model;
import engineroom.operation.Call;
import engineroom.outcome.AccessReport.Holds;
import engineroom.outcome.Trace;
import engineroom.outcome.Trace.Came;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Works out rules part by part, for one caller, on the rows that one transaction sees.
final class Tracer {
  /// Rows of a list that are shown one by one.
  private static final int ROWS_SHOWN = 5;

  private final Model model;
  private final Lookup lookup;
  private final Evaluator evaluator;
  private final KnownFacts known;

  Tracer(Model model, Lookup lookup, Call call) {
    this.model = model;
    this.lookup = lookup;
    this.evaluator = new Evaluator(lookup, Arguments.NONE, new CallerFacts(model, call));
    this.known = KnownFacts.of(model, call);
  }

  /// A rule of which no row is asked: what the caller decides, and what each row would.
  Trace open(Expression rule) {
    return trace(rule, null, null);
  }

  /// A rule, asked of a row.
  Trace of(Expression rule, Row row, Row old) {
    return trace(rule, variables(row, old), null);
  }

  /// Whether a rule holds of a row.
  boolean holds(Expression rule, Row row, Row old) {
    return evaluator.holds(known.meant(rule), variables(row, old));
  }

  /// Whether a rule holds, where no row is asked.
  Holds holds(Expression rule) {
    var decided = known.decide(rule);
    return decided instanceof Literal
        ? decided.equals(Expression.TRUE) ? Holds.YES : Holds.NO
        : Holds.OF_EACH_ROW;
  }

  /// A rule with what concerns the caller alone filled in.
  String decided(Expression rule) {
    return ExpressionText.of(known.decide(rule));
  }

  private static Map<String, Row> variables(Row row, Row old) {
    return Map.of(Variable.ROW, row, Variable.OLD, old);
  }

  private Trace trace(
      Expression part, @Nullable Map<String, Row> variables, @Nullable Value about) {
    return new Trace(ExpressionText.of(part), came(part, variables), about, parts(part, variables));
  }

  private Came came(Expression part, @Nullable Map<String, Row> variables) {
    if (variables != null) {
      return secret(part)
          ? Came.Untold.SECRET
          : new Came.To(evaluator.value(known.meant(part), variables));
    }
    if (part.type() == Type.Scalar.BOOLEAN && known.decide(part) instanceof Literal literal) {
      return new Came.To(literal.value());
    }
    return Rewrite.dependsOnRow(part)
        ? Came.Untold.OF_EACH_ROW
        : new Came.To(evaluator.value(part, Map.of()));
  }

  /// Whether a value tells of one that is shown to nobody; that a condition holds does not.
  private boolean secret(Expression part) {
    return part.type() == Type.Scalar.BOOLEAN ? isSecret(part) : touchesSecret(part);
  }

  private boolean touchesSecret(Expression part) {
    return isSecret(part) || Rewrite.children(part).stream().anyMatch(this::touchesSecret);
  }

  private boolean isSecret(Expression part) {
    return switch (part) {
      case Get(var row, var name, _) when row.type() instanceof Type.RowOf(var entity) ->
          hidden(entity, name);
      case Expression.Fact(var kind, var name, _) ->
          kind == Expression.FactKind.USER_FIELD && hidden("user", name);
      case Expression _ -> false;
    };
  }

  private boolean hidden(String entity, String name) {
    return model
        .findEntity(entity)
        .flatMap(found -> found.findField(name))
        .map(field -> field.secret() || field.traits().hidden() || field.traits().internal())
        .orElse(false);
  }

  private List<Trace> parts(Expression part, @Nullable Map<String, Row> variables) {
    return switch (part) {
      case Quantified(_, var list, var name, var condition) ->
          rows(list, name, condition, variables);
      case Expression.Count(var list, var name, var condition) ->
          condition.equals(Expression.TRUE) ? List.of() : rows(list, name, condition, variables);
      case Expression.Rollup(_, var list, var name, _, var value) ->
          rows(list, name, value, variables);
      case Get(Variable _, _, _), Get(Get _, _, _) -> List.of();
      case Expression _ ->
          Rewrite.children(part).stream()
              .filter(child -> !(child instanceof Literal || child instanceof Variable))
              .map(child -> trace(child, variables, null))
              .toList();
    };
  }

  private List<Trace> rows(
      Expression list, String name, Expression asked, @Nullable Map<String, Row> variables) {
    if (variables == null
        || !(list instanceof Get(var owner, var field, _))
        || !(owner.type() instanceof Type.RowOf(var entity))) {
      return List.of(trace(asked, null, null));
    }
    var traces = new ArrayList<Trace>();
    var id = evaluator.value(owner, variables);
    for (var row : id == Value.NULL ? List.<Row>of() : lookup.list(entity, field, id)) {
      if (traces.size() == ROWS_SHOWN) {
        break;
      }
      var inner = new HashMap<>(variables);
      inner.put(name, row);
      traces.add(trace(asked, inner, row.id()));
    }
    return traces;
  }
}
