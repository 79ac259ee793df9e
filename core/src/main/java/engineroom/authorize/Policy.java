package engineroom.authorize;

import engineroom.data.Type;
import engineroom.expression.Arguments;
import engineroom.expression.Evaluator;
import engineroom.expression.Expression;
import engineroom.expression.Expression.Compare;
import engineroom.expression.Expression.Comparison;
import engineroom.expression.Expression.Fact;
import engineroom.expression.Expression.FactKind;
import engineroom.expression.Lookup;
import engineroom.expression.Rewrite;
import engineroom.expression.Simplify;
import engineroom.model.Entity;
import engineroom.model.Field;
import engineroom.model.Model;
import engineroom.model.RoleTerms;
import engineroom.operation.Call;
import engineroom.operation.Caller;
import engineroom.operation.Ceiling;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The model's access rules, made ready: every condition that mentions only the caller or the
/// request is found once, decided once for each call, and callers for whom all of them agree share
/// their [Grants].
public final class Policy {
  /// Grants kept; beyond it they are forgotten and made again.
  private static final int GRANTS_MAX = 1_000;

  /// Nobody is calling: what a guest is compared with is never equal, not even where a row has no
  /// value either.
  private static final Expression NOBODY =
      new Expression.Not(new Fact(FactKind.SIGNED_IN, "", Type.Scalar.BOOLEAN));

  private static final Rights NOTHING =
      new Rights(
          Expression.FALSE,
          Expression.FALSE,
          Expression.FALSE,
          Expression.FALSE,
          Map.of(),
          Map.of());

  private final Model model;
  private final Map<Expression, Integer> conditions = new LinkedHashMap<>();
  private final Map<BitSet, Grants> grants = new ConcurrentHashMap<>();
  private final Map<Below, Grants> lower = new ConcurrentHashMap<>();
  private final Grants administrator;
  private final Grants program;

  /// The grants of every guest; null where they depend on the request.
  private final @Nullable Grants guest;

  /// Users who called lately, where what they may depends on nothing but them.
  private final @Nullable LateCallers late;

  /// What a credential is good for, and the rights of who holds it.
  private record Below(Ceiling.Only ceiling, Grants ruled) {}

  public Policy(Model model) {
    this.model = model;
    conditions.put(NOBODY, 0);
    model.entities().values().stream().flatMap(Policy::rules).forEach(this::collect);
    model.terms().forEach((role, terms) -> administering(role, terms).forEach(this::collect));
    administrator = new Grants(model, Policy::administered);
    program = new Grants(model, Policy::everything);
    boolean steady = conditions.keySet().stream().noneMatch(Policy::asksOfRequest);
    guest = steady ? guests() : null;
    late = steady ? new LateCallers() : null;
  }

  /// Whether a condition can come out differently for two requests of one caller.
  private static boolean asksOfRequest(Expression condition) {
    return (condition instanceof Fact fact && ofRequest(fact.kind()))
        || Rewrite.children(condition).stream().anyMatch(Policy::asksOfRequest);
  }

  static boolean ofRequest(FactKind kind) {
    return switch (kind) {
      case CALLER_ID, SIGNED_IN, ROLES, HAS_ROLE, CLAIM, USER_FIELD -> false;
      case REQUEST_TIME, REQUEST_METHOD, REQUEST_ADDRESS, NOW, TODAY -> true;
    };
  }

  private Grants guests() {
    var call = new Call(Caller.Guest.GUEST, Instant.EPOCH, "GET", "", "", Duration.ZERO);
    var bits = decided(call);
    return grants.computeIfAbsent(bits, _ -> new Grants(model, entity -> decide(entity, bits)));
  }

  /// The rights of whoever makes a call, as far as what they call with is good for them.
  public Grants grants(Call call) {
    return switch (call.caller().ceiling()) {
      case Ceiling.Open _ -> ruled(call);
      case Ceiling.Only only -> below(only, ruled(call));
    };
  }

  private Grants below(Ceiling.Only ceiling, Grants ruled) {
    var key = new Below(ceiling, ruled);
    var known = lower.get(key);
    if (known != null) {
      return known;
    }
    if (lower.size() >= GRANTS_MAX) {
      lower.clear();
    }
    return lower.computeIfAbsent(
        key, _ -> new Grants(model, entity -> below(ceiling, entity, ruled.on(entity.name()))));
  }

  private static Rights below(Ceiling ceiling, Entity entity, Rights ruled) {
    boolean reads = ceiling.reads(entity.name());
    boolean writes = ceiling.writes(entity.name());
    return new Rights(
        reads ? ruled.read() : Expression.FALSE,
        writes ? ruled.create() : Expression.FALSE,
        writes ? ruled.update() : Expression.FALSE,
        writes ? ruled.delete() : Expression.FALSE,
        reads ? ruled.fieldRead() : Map.of(),
        writes ? ruled.fieldWrite() : Map.of());
  }

  private Grants ruled(Call call) {
    if (call.caller().unbound()) {
      return administrator;
    }
    if (call.caller() instanceof Caller.Program) {
      return program;
    }
    if (guest != null && call.caller() instanceof Caller.Guest) {
      return guest;
    }
    return late != null && call.caller() instanceof Caller.User user
        ? late.grants(user, () -> decide(call))
        : decide(call);
  }

  private Grants decide(Call call) {
    var decided = decided(call);
    var known = grants.get(decided);
    if (known != null) {
      return known;
    }
    if (grants.size() >= GRANTS_MAX) {
      grants.clear();
    }
    return grants.computeIfAbsent(
        decided, bits -> new Grants(model, entity -> decide(entity, bits)));
  }

  private BitSet decided(Call call) {
    var decided = new BitSet(conditions.size());
    var evaluator = new Evaluator(Lookup.NOWHERE, Arguments.NONE, new CallerFacts(model, call));
    conditions.forEach((condition, bit) -> decided.set(bit, evaluator.holds(condition, Map.of())));
    return decided;
  }

  private static Stream<Expression> rules(Entity entity) {
    var access = entity.access();
    return Stream.concat(
        Stream.of(access.read(), access.create(), access.update(), access.delete()),
        entity.fields().values().stream()
            .flatMap(field -> Stream.of(field.access().read(), field.access().write())));
  }

  /// Takes the largest parts that mention no row.
  private void collect(Expression rule) {
    if (rule instanceof Expression.Literal) {
      return;
    }
    if (rule.type() == Type.Scalar.BOOLEAN && !Rewrite.dependsOnRow(rule)) {
      conditions.putIfAbsent(rule, conditions.size());
      return;
    }
    Rewrite.children(rule).forEach(this::collect);
  }

  /// An administrator also decides what is preset or read-only: seeds and repairs need it. What is
  /// internal does not exist for them.
  static Rights administered(Entity entity) {
    Predicate<Field> known = field -> !field.secret() && !field.traits().internal();
    return switch (entity.access().whose()) {
      case PROGRAM -> NOTHING;
      case READ_BY_ADMINISTRATORS -> readOnly(open(entity, known));
      case OWNER -> rights(entity, known, f -> given(f) && !f.traits().internal());
    };
  }

  private static Rights readOnly(Map<String, Expression> readable) {
    var never = Expression.FALSE;
    return new Rights(Expression.TRUE, never, never, never, readable, Map.of());
  }

  private static Rights everything(Entity entity) {
    return rights(entity, _ -> true, Policy::given);
  }

  private static boolean given(Field field) {
    return !field.computed()
        && (!Entity.SYSTEM.contains(field.name()) || field.name().equals("id"));
  }

  private static Rights rights(Entity entity, Predicate<Field> reads, Predicate<Field> writes) {
    if (entity.readOnly()) {
      return readOnly(open(entity, reads));
    }
    var change = entity.life().appendOnly() ? Expression.FALSE : Expression.TRUE;
    return new Rights(
        Expression.TRUE,
        Expression.TRUE,
        change,
        change,
        open(entity, reads),
        open(entity, writes));
  }

  private static Map<String, Expression> open(Entity entity, Predicate<Field> fields) {
    var open = new LinkedHashMap<String, Expression>();
    entity.fields().values().stream()
        .filter(fields)
        .forEach(field -> open.put(field.name(), Expression.TRUE));
    return open;
  }

  /// Whether the caller has a role, where it administers something.
  private static Stream<Expression> administering(String role, RoleTerms terms) {
    return terms.administers().isEmpty() ? Stream.of() : Stream.of(has(role));
  }

  private static Expression has(String role) {
    return new Fact(FactKind.HAS_ROLE, role, Type.Scalar.BOOLEAN);
  }

  private boolean administers(Entity entity, BitSet bits) {
    return model.terms().entrySet().stream()
        .filter(role -> role.getValue().administers().contains(entity.name()))
        .map(role -> conditions.get(has(role.getKey())))
        .anyMatch(bit -> bit != null && bits.get(bit));
  }

  private Rights decide(Entity entity, BitSet bits) {
    return administers(entity, bits)
        ? administered(entity)
        : rights(entity, rule -> decide(rule, bits));
  }

  /// The rights on an entity, of callers for whom rules are decided in a way.
  static Rights rights(Entity entity, UnaryOperator<Expression> decide) {
    var readable = new LinkedHashMap<String, Expression>();
    var writable = new LinkedHashMap<String, Expression>();
    for (var field : entity.fields().values()) {
      var read = decide.apply(field.access().read());
      if (!field.secret() && !closed(field) && !read.equals(Expression.FALSE)) {
        readable.put(field.name(), read);
      }
      var write = decide.apply(field.access().write());
      if (writable(field) && !closed(field) && !write.equals(Expression.FALSE)) {
        writable.put(field.name(), write);
      }
    }
    var access = entity.access();
    if (entity.readOnly()) {
      var never = Expression.FALSE;
      return new Rights(decide.apply(access.read()), never, never, never, readable, Map.of());
    }
    boolean lasting = entity.life().appendOnly();
    return new Rights(
        decide.apply(access.read()),
        decide.apply(access.create()),
        lasting ? Expression.FALSE : decide.apply(access.update()),
        lasting ? Expression.FALSE : decide.apply(access.delete()),
        readable,
        writable);
  }

  private static boolean closed(Field field) {
    return field.traits().hidden() || field.traits().internal();
  }

  private static boolean writable(Field field) {
    return given(field)
        && !field.traits().readOnly()
        && field.filling().preset() == null
        && field.filling().sequence() == null;
  }

  private Expression decide(Expression rule, BitSet bits) {
    var asked = bits.get(0) ? Rewrite.map(rule, Policy::unequal) : rule;
    var decided =
        Rewrite.map(
            asked,
            part -> {
              var bit = conditions.get(part);
              return bit == null ? part : bits.get(bit) ? Expression.TRUE : Expression.FALSE;
            });
    return Simplify.simplify(decided);
  }

  /// What guests compare themselves with is never equal.
  static Expression unequal(Expression part) {
    if (!(part instanceof Compare(var comparison, var left, var right))
        || !(caller(left) || caller(right))
        || constant(left)
        || constant(right)) {
      return part;
    }
    return comparison == Comparison.NOT_EQUAL ? Expression.TRUE : Expression.FALSE;
  }

  private static boolean caller(Expression expression) {
    return expression instanceof Fact(var kind, _, _)
        && (kind == FactKind.CALLER_ID || kind == FactKind.CLAIM || kind == FactKind.USER_FIELD);
  }

  private static boolean constant(Expression expression) {
    return expression instanceof Expression.Literal;
  }
}
