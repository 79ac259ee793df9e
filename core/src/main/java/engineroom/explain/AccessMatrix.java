package engineroom.explain;

import engineroom.authorize.KnownFacts;
import engineroom.authorize.Rights;
import engineroom.data.Row;
import engineroom.data.Type;
import engineroom.data.Value;
import engineroom.expression.Expression;
import engineroom.expression.Expression.Get;
import engineroom.expression.Expression.Literal;
import engineroom.expression.Expression.Variable;
import engineroom.expression.Rewrite;
import engineroom.model.Entity;
import engineroom.model.Model;
import engineroom.operation.Call;
import engineroom.operation.Caller;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// Who may do what by a model: a rule for every role, entity and action, with what is known of the
/// role filled in.
public final class AccessMatrix {
  public static final String GUEST = "guest";
  public static final String SIGNED_IN = "signed in";
  public static final String ADMINISTRATOR = "administrator";

  /// What may be done with rows.
  public enum Action {
    READ,
    CREATE,
    UPDATE,
    DELETE,
    /// Writing a field, on creation or later.
    WRITE
  }

  /// One question.
  ///
  /// @param who a role, or one of the three above
  /// @param field empty for whole rows
  public record Cell(String who, String entity, Action action, String field) {
    Cell by(String other) {
      return new Cell(other, entity, action, field);
    }

    /// The same action on whole rows.
    Cell ofRows() {
      return new Cell(who, entity, action, "");
    }
  }

  private final Model model;
  private final Map<Cell, Expression> rules;

  private AccessMatrix(Model model, Map<Cell, Expression> rules) {
    this.model = model;
    this.rules = Collections.unmodifiableMap(rules);
  }

  /// The matrix of a model.
  public static AccessMatrix of(Model model) {
    var rules = new LinkedHashMap<Cell, Expression>();
    for (var entity : model.entities().values()) {
      if (entity.access().internal()) {
        continue; // nobody but the program knows of it
      }
      callers(model).forEach((who, caller) -> add(rules, model, entity, who, caller));
    }
    return new AccessMatrix(model, rules);
  }

  private static Map<String, Caller> callers(Model model) {
    Map<String, Caller> callers = new LinkedHashMap<>();
    callers.put(GUEST, Caller.Guest.GUEST);
    callers.put(SIGNED_IN, user(Set.of()));
    model.roles().keySet().forEach(role -> callers.put(role, user(Set.of(role))));
    callers.put(ADMINISTRATOR, Caller.Administrator.ADMINISTRATOR);
    return callers;
  }

  private static Caller user(Set<String> roles) {
    Value id = new Value.Uuid(new UUID(0, 0));
    return new Caller.User(id, roles, Map.of(), new Row(Map.of("id", id)));
  }

  private static void add(
      Map<Cell, Expression> rules, Model model, Entity entity, String who, Caller caller) {
    var call = new Call(caller, Instant.EPOCH, "", "", "", Duration.ZERO);
    Rights rights = KnownFacts.ofAllLike(model, call).rights(entity);
    var name = entity.name();
    rules.put(new Cell(who, name, Action.READ, ""), rights.read());
    rules.put(new Cell(who, name, Action.CREATE, ""), rights.create());
    rules.put(new Cell(who, name, Action.UPDATE, ""), rights.update());
    rules.put(new Cell(who, name, Action.DELETE, ""), rights.delete());
    for (var field : entity.fields().keySet()) {
      rules.put(new Cell(who, name, Action.READ, field), rights.readOf(field));
      rules.put(new Cell(who, name, Action.WRITE, field), rights.writeOf(field));
    }
  }

  /// The model that this is about.
  public Model model() {
    return model;
  }

  /// All questions, by entity and role.
  public List<Cell> cells() {
    return List.copyOf(rules.keySet());
  }

  /// The rule; false for what is not there.
  public Expression rule(Cell cell) {
    return rules.getOrDefault(cell, Expression.FALSE);
  }

  /// Whether a cell narrows what the rules of whole rows leave open.
  public boolean narrows(Cell cell) {
    if (cell.field().isEmpty()) {
      return false;
    }
    var access = model.entity(cell.entity()).field(cell.field()).access();
    return !(cell.action() == Action.READ ? access.read() : access.write()).equals(Expression.TRUE);
  }

  /// Whether a right can be used at all: a field only where some row can be read or written.
  boolean usable(Cell cell) {
    if (cell.field().isEmpty()) {
      return true;
    }
    var ways = new ArrayList<Cell>();
    if (cell.action() == Action.READ) {
      ways.add(cell.ofRows());
    } else {
      ways.add(new Cell(cell.who(), cell.entity(), Action.CREATE, ""));
      ways.add(new Cell(cell.who(), cell.entity(), Action.UPDATE, ""));
    }
    return ways.stream().anyMatch(way -> !rule(way).equals(Expression.FALSE));
  }

  /// The rule with computed fields worked out, so that it is the same only where it means the same.
  Expression meaning(Cell cell) {
    return Rewrite.map(rule(cell), this::worked);
  }

  private Expression worked(Expression part) {
    if (!(part instanceof Get(var row, var name, _))
        || !(row.type() instanceof Type.RowOf(var entity))) {
      return part;
    }
    var field = model.findEntity(entity).flatMap(found -> found.findField(name)).orElse(null);
    var computed = field == null ? null : field.filling().computed();
    return computed == null
        ? part
        : Rewrite.map(
            computed.value(),
            inner ->
                inner instanceof Variable(var variable, _) && variable.equals(Variable.ROW)
                    ? row
                    : inner);
  }

  /// `always`, `never`, or `if` and the rule.
  public static String words(Expression rule) {
    if (rule instanceof Literal) {
      return rule.equals(Expression.TRUE) ? "always" : "never";
    }
    return "if " + ExpressionText.of(rule);
  }
}
