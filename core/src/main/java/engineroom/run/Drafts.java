package engineroom.run;

import static engineroom.problem.ProblemException.problem;

import engineroom.authorize.RowRules;
import engineroom.data.Ids;
import engineroom.data.Row;
import engineroom.data.Type;
import engineroom.data.Value;
import engineroom.expression.Expression;
import engineroom.model.Entity;
import engineroom.model.Entity.InverseList;
import engineroom.model.Model;
import engineroom.operation.Input;
import engineroom.operation.Input.Nested;
import engineroom.outcome.Change;
import engineroom.problem.Violation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Makes drafts of what a caller sent, and gathers every mistake in it.
final class Drafts {
  private final Tools tools;
  private final RowRules rules;
  private final @Nullable Work work;
  private final Map<String, Violation> mistakes = new LinkedHashMap<>();
  private final Set<Named> taken = new HashSet<>();

  /// What all drafts are made with.
  record Tools(Model model, Completion completion, Ids ids) {}

  /// A row that exists.
  private record Named(String entity, Value id) {}

  /// @param work null before the transaction, where only rows without lists can be drafted
  Drafts(Tools tools, RowRules rules, @Nullable Work work) {
    this.tools = tools;
    this.rules = rules;
    this.work = work;
  }

  /// Refuses what was sent if there is a mistake in it.
  void refuse() {
    Completion.refuse(List.copyOf(mistakes.values()));
  }

  /// Adds a mistake; the first of a kind at one place counts.
  void mistake(String path, Violation violation) {
    var whole = violation.under(path);
    mistakes.putIfAbsent(whole.path() + ' ' + whole.code(), whole);
  }

  /// A new row.
  Draft.New create(Entity entity, Input input) {
    return create(entity, input, Set.of());
  }

  /// @param fixed the reference to the row whose list this one stands in
  Draft.New create(Entity entity, Input input, Set<String> fixed) {
    mayCreate(entity);
    var own = new ArrayList<Violation>();
    var values = tools.completion().create(entity, input, rules, fixed, own);
    own.forEach(mistake -> mistake(input.path(), mistake));
    values.putAll(Parents.first(entity, origin()));
    if (values.get("id") == Value.NULL && entity.field("id").type().type() == Type.Scalar.UUID) {
      values.put("id", new Value.Uuid(tools.ids().next()));
    }
    var lists = lists(entity, input, null);
    return new Draft.New(entity, input.path(), values, input.assignments().keySet(), lists);
  }

  private Change.Origin origin() {
    return Answers.origin(rules.call());
  }

  /// Refuses those who may never create. A row that they can't see is as one that is not there.
  void mayCreate(Entity entity) {
    if (rules.on(entity.name()).create().equals(Expression.FALSE)) {
      throw problem(rules.refusal("create " + entity.plural()));
    }
  }

  /// A row that changes where fields are given.
  Draft.Changed change(Entity entity, Input input, Row current) {
    mayUpdate(entity, current);
    var own = new ArrayList<Violation>();
    var values = tools.completion().change(entity, input, rules, current, own);
    return changed(entity, input, current, values, own);
  }

  /// A row whose fields are all given.
  Draft.Changed replace(Entity entity, Input input, Row current) {
    mayUpdate(entity, current);
    var own = new ArrayList<Violation>();
    var values = tools.completion().replacement(entity, input, rules, current, own);
    return changed(entity, input, current, values, own);
  }

  private Draft.Changed changed(
      Entity entity, Input input, Row current, Map<String, Value> values, List<Violation> own) {
    own.forEach(mistake -> mistake(input.path(), mistake));
    take(entity, current, input.path());
    return new Draft.Changed(entity, input.path(), current, values, lists(entity, input, current));
  }

  private void mayUpdate(Entity entity, Row current) {
    Lasting.refuseAppended(entity);
    if (!working().checks(entity).mayUpdate(current, current)) {
      throw problem(rules.refusal("change this " + entity.name()));
    }
  }

  /// Takes a row that changes or goes: a request does one thing to a row, for what a second place
  /// asks for would be said of the row as it was before the first.
  void take(Entity entity, Row row, String path) {
    if (!taken.add(new Named(entity.name(), row.id())) && !saidTwice(path)) {
      mistake(path, new Violation("", "twice", "is named twice in this request"));
    }
  }

  private boolean saidTwice(String path) {
    return mistakes.values().stream()
        .anyMatch(told -> told.code().equals("twice") && told.path().startsWith(path + "."));
  }

  /// Judges a change that no row was found for: what no row could have, and what the caller may do
  /// to none.
  void judge(Entity entity, Input input) {
    var wrong = tools.completion().wrong(entity, input, rules);
    wrong.forEach(mistake -> mistake(input.path(), mistake));
    eachList(
        entity, input, (list, nested) -> new ListDrafts(this, working(), list, null).judge(nested));
  }

  private Work working() {
    if (work == null) {
      throw new IllegalStateException("rows that exist are drafted within the transaction");
    }
    return work;
  }

  private List<Draft.InList> lists(Entity entity, Input input, @Nullable Row owner) {
    var drafts = new ArrayList<Draft.InList>();
    eachList(
        entity,
        input,
        (list, nested) -> drafts.add(new ListDrafts(this, working(), list, owner).draft(nested)));
    return drafts;
  }

  private void eachList(Entity entity, Input input, BiConsumer<InverseList, Nested> task) {
    input
        .lists()
        .forEach(
            (name, nested) ->
                entity
                    .findList(name)
                    .filter(_ -> rules.names(entity.name()).contains(name))
                    .ifPresentOrElse(
                        list -> task.accept(list, nested),
                        () ->
                            mistake(
                                input.path(), new Violation(name, "unknown", "does not exist"))));
  }
}
