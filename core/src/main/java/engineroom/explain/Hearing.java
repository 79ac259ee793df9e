package engineroom.explain;

import engineroom.authorize.Witness;
import engineroom.data.Row;
import engineroom.expression.Expression;
import engineroom.model.Entity;
import engineroom.model.FieldType;
import engineroom.model.Model;
import engineroom.outcome.AccessReport.HeldRule;
import engineroom.outcome.AccessReport.Holds;
import engineroom.outcome.AccessReport.State;
import engineroom.outcome.AccessReport.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Writes down every rule that is asked while an operation runs, as the model has it.
final class Hearing implements Witness {
  /// Rules written down of one operation.
  private static final int RULES_MAX = 200;

  private final Model model;
  private final Tracer tracer;
  private final TransactionLookup lookup;
  private final List<HeldRule> heard = new ArrayList<>();
  private @Nullable Row created;

  Hearing(Model model, Tracer tracer, TransactionLookup lookup) {
    this.model = model;
    this.tracer = tracer;
    this.lookup = lookup;
  }

  List<HeldRule> heard() {
    return heard;
  }

  /// The first row that was created, as it was written.
  Optional<Row> created() {
    return Optional.ofNullable(created);
  }

  @Override
  public void heard(Question question) {
    if (question.kind() == Kind.CREATE && created == null) {
      created = question.row();
    }
    if (heard.size() < RULES_MAX && says(question)) {
      heard.add(held(question));
    }
  }

  /// Fields without a rule of their own say nothing.
  private static boolean says(Question question) {
    return question.kind() != Kind.FIELD
        || !question.holds()
        || !rule(Kind.FIELD, question.entity(), question.name()).equals(Expression.TRUE);
  }

  private HeldRule held(Question question) {
    if (question.kind() == Kind.REFERENCE) {
      return reference(question);
    }
    var entity = question.entity();
    var rule = rule(question.kind(), entity, question.name());
    var row = question.row();
    return new HeldRule(
        word(question.kind()),
        entity.name(),
        question.name(),
        new Subject(row.id(), state(question)),
        question.holds() ? Holds.YES : Holds.NO,
        tracer.decided(rule),
        tracer.of(rule, row, question.old()));
  }

  private HeldRule reference(Question question) {
    var field = question.entity().field(question.name());
    var target =
        field.type() instanceof FieldType.Reference(var to, _, _, _) ? to : question.name();
    var rule = model.entity(target).access().read();
    var id = question.row().value(question.name());
    var row = lookup.find(target, id);
    return new HeldRule(
        "reference",
        target,
        question.name(),
        row.map(found -> new Subject(found.id(), State.ROW)).orElse(null),
        question.holds() ? Holds.YES : Holds.NO,
        tracer.decided(rule),
        row.map(found -> tracer.of(rule, found, found)).orElseGet(() -> tracer.open(rule)));
  }

  private static State state(Question question) {
    return switch (question.kind()) {
      case UPDATE, FIELD, CHECK -> question.row().equals(question.old()) ? State.OLD : State.NEW;
      case CREATE -> State.NEW;
      case READ, DELETE, REFERENCE -> State.ROW;
    };
  }

  /// Writes down a rule that refused before any row was looked at.
  ///
  /// @param row the row in question, where there is one
  void add(Kind kind, Entity entity, String name, @Nullable Row row) {
    var rule = rule(kind, entity, name);
    heard.add(
        new HeldRule(
            word(kind),
            entity.name(),
            name,
            row == null ? null : new Subject(row.id(), State.ROW),
            row == null ? tracer.holds(rule) : yesOrNo(rule, row),
            tracer.decided(rule),
            row == null ? tracer.open(rule) : tracer.of(rule, row, row)));
  }

  /// Whether a rule was asked.
  boolean has(Kind kind, String name) {
    return heard.stream()
        .anyMatch(held -> held.rule().equals(word(kind)) && held.name().equals(name));
  }

  private Holds yesOrNo(Expression rule, Row row) {
    return tracer.holds(rule, row, row) ? Holds.YES : Holds.NO;
  }

  private static Expression rule(Kind kind, Entity entity, String name) {
    return switch (kind) {
      case READ -> entity.access().read();
      case CREATE -> entity.access().create();
      case UPDATE -> entity.access().update();
      case DELETE -> entity.access().delete();
      case FIELD -> entity.field(name).access().write();
      case CHECK ->
          entity.keys().checks().stream()
              .filter(check -> check.name().equals(name))
              .findFirst()
              .orElseThrow()
              .condition();
      case REFERENCE -> throw new IllegalArgumentException("a reference has the rule of its row");
    };
  }

  /// As the owner writes it.
  private static String word(Kind kind) {
    return kind == Kind.FIELD ? "write" : kind.name().toLowerCase(Locale.ROOT);
  }
}
