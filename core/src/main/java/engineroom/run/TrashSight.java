package engineroom.run;

import engineroom.authorize.Allowed;
import engineroom.authorize.RowRules;
import engineroom.data.JsonText;
import engineroom.data.Row;
import engineroom.data.Times;
import engineroom.data.Value;
import engineroom.expression.Arguments;
import engineroom.expression.Evaluator;
import engineroom.expression.Expression;
import engineroom.expression.Facts;
import engineroom.model.FieldType;
import engineroom.operation.FieldRules;
import engineroom.outcome.TrashUnit;
import engineroom.plan.Plan;
import engineroom.store.PlanReader;
import engineroom.store.Store.Binding;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What one caller sees of the trash: units whose row they could read as it was, with the fields
/// that they could read, where they may delete it by the rule for deleting. What can't be judged
/// any more, because the model or the rows around have changed, is for administrators only.
final class TrashSight {
  private static final Facts NO_FACTS = _ -> Value.NULL;

  private final Work work;
  private final RowRules rules;
  private final Allowed.Writing allowed;
  private final FieldRules fields;
  private final Plan plan;

  TrashSight(Work work, Allowed.Writing allowed, FieldRules fields, Plan plan) {
    this.work = work;
    this.rules = allowed.rules();
    this.allowed = allowed;
    this.fields = fields;
    this.plan = plan;
  }

  /// A unit as the caller sees it.
  ///
  /// @param json of its row
  record Seen(KeptRows rows, byte[] json) {
    TrashUnit unit() {
      return rows.unit();
    }
  }

  /// The unit, where the caller may see it.
  Optional<Seen> see(TrashUnit unit) {
    var rows = new KeptRows(work, fields, unit);
    if (!judgeable(rows) || !holds(rules.on(unit.entity()).delete(), rows, rows.root().row())) {
      return Optional.empty();
    }
    var view = allowed.answer();
    if (view == null) {
      return Optional.empty();
    }
    var call = rules.call();
    var binding = new Binding(rules.arguments(view, unit.row().id()), 1, 0, call.timeLimit());
    var shown = new PlanReader(work.model(), rows, rows).read(plan, binding).rows();
    return shown.stream().findFirst().map(json -> new Seen(rows, json));
  }

  private boolean judgeable(KeptRows rows) {
    return administrator()
        || (rows.root().known() && !(follows(rows.unit().entity()) && rows.dangling()));
  }

  private boolean administrator() {
    return rules.call().caller().administrator();
  }

  /// Whether a rule about rows of the entity looks at other rows.
  private boolean follows(String name) {
    var rights = rules.on(name);
    var entity = work.model().entity(name);
    return !RowConditions.local(entity, rights.read())
        || !RowConditions.local(entity, rights.delete())
        || !rights.fieldRead().values().stream().allMatch(r -> RowConditions.local(entity, r));
  }

  private boolean holds(Expression rule, KeptRows rows, Row row) {
    return rule.equals(Expression.TRUE)
        || new Evaluator(rows, Arguments.NONE, NO_FACTS)
            .holds(
                rules.bound(rule),
                Map.of(Expression.Variable.ROW, row, Expression.Variable.OLD, row));
  }

  /// A unit as JSON.
  byte[] json(Seen seen) {
    var unit = seen.unit();
    var out = new StringBuilder("{\"id\":");
    JsonText.append(out, unit.row().id());
    out.append(",\"deletedAt\":\"").append(Times.text(unit.origin().time()));
    out.append("\",\"until\":\"").append(Times.text(unit.until())).append('"');
    if (administrator()) {
      out.append(",\"by\":");
      JsonText.quote(out, unit.origin().caller());
    }
    out.append(",\"row\":").append(new String(seen.json(), StandardCharsets.UTF_8));
    counts(out, "with", with(seen.rows()));
    if (administrator()) {
      counts(out, "cleared", byPlural(unit.counts().cleared()));
    }
    return out.append('}').toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void counts(StringBuilder out, String name, Map<String, Integer> counts) {
    out.append(",\"").append(name).append("\":{");
    var first = true;
    for (var count : counts.entrySet()) {
      out.append(first ? "" : ",");
      JsonText.quote(out, count.getKey());
      out.append(':').append(count.getValue());
      first = false;
    }
    out.append('}');
  }

  /// How many of the rows that went with the row the caller could read.
  private Map<String, Integer> with(KeptRows rows) {
    var seen = new LinkedHashMap<String, Integer>();
    for (var count : rows.unit().counts().with().entrySet()) {
      var entity = count.getKey();
      if (work.model().findEntity(entity).isEmpty() || !linkKnown(entity)) {
        continue;
      }
      var rule = rules.on(entity).read();
      if (rule.equals(Expression.TRUE)) {
        seen.put(entity, count.getValue());
      } else if (!rule.equals(Expression.FALSE)) {
        var visible = visible(entity, rows);
        if (visible > 0) {
          seen.put(entity, visible);
        }
      }
    }
    return byPlural(seen);
  }

  /// Whether the caller may read what rows refer to, which their number would tell.
  private boolean linkKnown(String entity) {
    return work.model().entity(entity).fields().values().stream()
        .filter(field -> field.type() instanceof FieldType.Reference)
        .allMatch(field -> rules.on(entity).readOf(field.name()).equals(Expression.TRUE));
  }

  private int visible(String entity, KeptRows rows) {
    var about = work.model().entity(entity);
    if (!RowConditions.local(about, rules.on(entity).read()) && rows.dangling()) {
      return 0;
    }
    var count = 0;
    for (var other : rows.others()) {
      if (other.entity().name().equals(entity)
          && other.known()
          && holds(rules.on(entity).read(), rows, other.row())) {
        count++;
      }
    }
    return count;
  }

  private Map<String, Integer> byPlural(Map<String, Integer> counts) {
    var named = new LinkedHashMap<String, Integer>();
    counts.forEach(
        (entity, count) ->
            work.model().findEntity(entity).ifPresent(e -> named.put(e.plural(), count)));
    return named;
  }
}
