package engineroom.run;

import engineroom.authorize.RowRules;
import engineroom.authorize.Witness;
import engineroom.authorize.Witness.Kind;
import engineroom.authorize.Witness.Question;
import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.expression.Arguments;
import engineroom.expression.Expression;
import engineroom.model.Entity;
import engineroom.model.FieldType;
import engineroom.model.Model;
import engineroom.problem.Violation;
import engineroom.store.Transaction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;

/// What must hold of one row that is written: the references that its caller set, the entity's
/// checks, the rules.
final class RowChecks {
  private static final String REFERENCE = "reference";

  private final Model model;
  private final Entity entity;
  private final RowRules caller;
  private final Transaction transaction;

  RowChecks(Model model, Entity entity, RowRules caller, Transaction transaction) {
    this.model = model;
    this.entity = entity;
    this.caller = caller;
    this.transaction = transaction;
  }

  /// Whether the caller may see a stored row.
  boolean sees(Row row) {
    return asked(Kind.READ, "", caller.on(entity.name()).read(), row, row);
  }

  /// The same of a row that is to be shown: nothing is decided by it, and nobody told.
  boolean shows(Row row) {
    return holds(caller.on(entity.name()).read(), row, row);
  }

  /// Whether the caller may create a row that is written already.
  boolean mayCreate(Row row) {
    return asked(Kind.CREATE, "", caller.on(entity.name()).create(), row, row);
  }

  /// Whether the caller may change a row in this way; a row that stays as it is may be changed at
  /// all.
  boolean mayUpdate(Row row, Row old) {
    return asked(Kind.UPDATE, "", caller.on(entity.name()).update(), row, old);
  }

  /// Whether the caller may delete a row.
  boolean mayDelete(Row row) {
    return asked(Kind.DELETE, "", caller.on(entity.name()).delete(), row, row);
  }

  private boolean asked(Kind kind, String name, Expression rule, Row row, Row old) {
    return Witness.told(new Question(kind, entity, name, row, old, holds(rule, row, old)));
  }

  /// Whether a rule of the caller holds.
  private boolean holds(Expression rule, Row row, Row old) {
    return RowConditions.holds(transaction, entity, caller.bound(rule), row, old);
  }

  /// Every written reference leads to a row that the caller may see. Those of a caller who sees all
  /// rows are left to the store, which asks for the row anyway, unless another mistake is to be
  /// told together with theirs.
  ///
  /// @param path where the row stands in what was sent
  void references(Row row, Set<String> written, String path) {
    var mistakes = new ArrayList<Violation>();
    var left = new LinkedHashMap<String, String>();
    for (var name : written) {
      if (row.value(name) != Value.NULL
          && entity.field(name).type() instanceof FieldType.Reference(var target, _, _, _)) {
        if (leftToStore(target)) {
          left.put(name, target);
        } else if (!visible(name, target, row)) {
          mistakes.add(nowhere(name, target));
        }
      }
    }
    if (!mistakes.isEmpty()) {
      left.forEach(
          (name, target) -> {
            if (!visible(name, target, row)) {
              mistakes.add(nowhere(name, target));
            }
          });
    }
    refuse(mistakes, path);
  }

  private static Violation nowhere(String field, String target) {
    return new Violation(field, REFERENCE, "refers to no " + target + " that you can see");
  }

  /// What the store says of a field, as it is told: of a reference the same, whoever finds that it
  /// leads nowhere.
  Violation told(Violation refused) {
    return refused.code().equals(REFERENCE)
            && entity.fields().containsKey(refused.path())
            && entity.field(refused.path()).type()
                instanceof FieldType.Reference(var target, _, _, _)
        ? nowhere(refused.path(), target)
        : refused;
  }

  /// Whether the store's own refusal of what leads nowhere is enough. A row that leads to itself is
  /// not there yet; tables of others may keep no such promise; and who listens is told.
  private boolean leftToStore(String target) {
    return caller.on(target).read().equals(Expression.TRUE)
        && !Witness.HEARING.isBound()
        && !target.equals(entity.name())
        && entity.adopted() == null
        && model.entity(target).adopted() == null;
  }

  private static void refuse(List<Violation> mistakes, String path) {
    Completion.refuse(mistakes.stream().map(m -> m.under(path)).toList());
  }

  private boolean visible(String name, String target, Row row) {
    var rule = caller.bound(caller.on(target).read());
    var visible = transaction.holds(target, row.value(name), rule, Arguments.NONE);
    return Witness.told(new Question(Kind.REFERENCE, entity, name, row, row, visible));
  }

  /// Tells whoever listens by which checks the store is going to refuse a row.
  void foretell(Row row, Row old) {
    if (!Witness.HEARING.isBound()) {
      return;
    }
    for (var check : entity.keys().checks()) {
      var condition = caller.bound(check.condition());
      if (RowConditions.local(entity, condition) && !RowConditions.holds(condition, row, old)) {
        var _ = Witness.told(new Question(Kind.CHECK, entity, check.name(), row, old, false));
      }
    }
  }

  /// The entity's checks hold of a stored row.
  void checks(Row row, Row old, String path) {
    checks(entity.keys().checks(), row, old, path);
  }

  /// The entity's checks of computed values hold of a row in which one was made anew.
  void computed(Row row, Row old) {
    var checks =
        entity.keys().checks().stream().filter(c -> entity.mentionsComputed(c.condition()));
    checks(checks.toList(), row, old, "");
  }

  private void checks(List<Entity.Check> checks, Row row, Row old, String path) {
    var mistakes = new ArrayList<Violation>();
    for (var check : checks) {
      if (!asked(Kind.CHECK, check.name(), check.condition(), row, old)) {
        mistakes.add(new Violation("", "check/" + check.name(), check.message()));
      }
    }
    refuse(mistakes, path);
  }

  /// Fields with a rule of their own were allowed to be written.
  void fieldRules(Row row, Row old, Set<String> written, String path) {
    for (var name : written) {
      var rule = caller.on(entity.name()).writeOf(name);
      if (caller.on(entity.name()).fieldWrite().containsKey(name)
          && !(asked(Kind.FIELD, name, rule, row, old)
              && asked(Kind.FIELD, name, rule, old, old))) {
        refuse(List.of(new Violation(name, "read-only", "can't be written in this row")), path);
      }
    }
  }
}
