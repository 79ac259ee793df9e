package engineroom.stores.migrate;

import engineroom.migrate.EntityChange;
import engineroom.migrate.Faults;
import engineroom.migrate.Layout;
import engineroom.migrate.MigrationPlan;
import engineroom.migrate.ModelChange;
import engineroom.migrate.Step;
import engineroom.migrate.Step.Mark;
import engineroom.migrate.Step.Planned;
import engineroom.model.FieldType;
import engineroom.model.History;
import engineroom.model.Model;
import engineroom.operation.FieldRules;
import engineroom.problem.Violation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What it takes to make the database fit a model. Only looks; each kind of database does it.
public final class Migration {
  private final Ground ground;
  private final Model model;
  private final FieldRules rules;
  private final Recorded recorded;
  private final Intake intake;
  private final ModelChange change;
  private final Map<String, TableChange> tables = new LinkedHashMap<>();

  public Migration(Ground ground, Model model, FieldRules rules) {
    this(ground, model, rules, Intake.NONE);
  }

  /// @param intake whose rows come into tables that are new
  public Migration(Ground ground, Model model, FieldRules rules, Intake intake) {
    this.ground = ground;
    this.intake = intake;
    this.model = History.stored(model);
    this.rules = rules;
    this.recorded = Recorded.read(ground, this.model);
    this.change = ModelChange.between(recorded.layout(), this.model);
    var renamed = change.renamed().model();
    for (var entity : change.entities()) {
      if (entity.before() != null) {
        tables.put(entity.name(), new TableChange(ground, entity, renamed, this.model));
      }
    }
  }

  public Model model() {
    return model;
  }

  public FieldRules rules() {
    return rules;
  }

  public Intake intake() {
    return intake;
  }

  public Recorded recorded() {
    return recorded;
  }

  public ModelChange change() {
    return change;
  }

  public Layout layout() {
    return recorded.layout();
  }

  /// How the table of an entity that was recorded changes, by the entity's name.
  public Map<String, TableChange> tables() {
    return tables;
  }

  /// The recorded tables that lose values, by their recorded names.
  public Set<String> losing() {
    var losing = new LinkedHashSet<String>();
    change.dropped().forEach(entity -> losing.add(entity.name()));
    change.entities().stream()
        .filter(entity -> entity.steps().stream().anyMatch(Migration::loses))
        .forEach(entity -> losing.add(SharedSteps.former(entity)));
    losing.removeIf(table -> History.isPast(table) && !layout().entities().containsKey(table));
    return losing;
  }

  private static boolean loses(Step step) {
    return step instanceof Step.DropField
        || step instanceof Step.ForgetHistory
        || step instanceof Step.DropEntity;
  }

  /// The steps in words, without a look at the rows.
  public List<String> words() {
    return change.steps().stream().filter(Step::told).map(Step::words).toList();
  }

  /// Every step with its cost, the rows that stand in the way, and drift.
  public MigrationPlan plan(Instant now) {
    var steps = new ArrayList<Planned>();
    for (var entity : change.entities()) {
      entity.steps().stream().filter(Step::told).forEach(step -> steps.add(planned(step, entity)));
    }
    for (var entity : change.dropped()) {
      var rows = number(former(entity.name()).count());
      var mark = rows == 0 ? Mark.SAFE : Mark.DESTRUCTIVE;
      steps.add(new Planned(Step.drop(entity.name()), mark, rows));
    }
    return new MigrationPlan(steps, faults(now), ground.drift(layout()));
  }

  private MigrationSql former(String entity) {
    var before = layout().model();
    return new MigrationSql(ground.tables(before), before.entity(entity));
  }

  private long number(String sql) {
    try (var rows = ground.session().rows(sql)) {
      rows.next();
      return rows.number(0);
    }
  }

  private Planned planned(Step step, EntityChange entity) {
    var before = entity.before();
    if (before == null && intake.has(entity.name())) {
      return new Planned(step, Mark.SLOW, arrivals().count(entity.name()));
    }
    var rows = before == null ? 0 : rows(step, former(before.name()));
    return new Planned(step, rows == 0 ? Mark.SAFE : mark(step), rows);
  }

  Arrivals arrivals() {
    return new Arrivals(ground, this, rules);
  }

  private long rows(Step step, MigrationSql former) {
    return switch (step) {
      case Step.CreateEntity _, Step.KeepHistory _, Step.Note _ -> 0;
      case Step.DropUnique _, Step.DropIndex _, Step.DropCheck _ -> 0;
      case Step.AddField add -> add.filled() ? number(former.count()) : 0;
      case Step.DropField drop -> number(former.countOf(drop.field()));
      case Step.DropComputed _, Step.Compute _ -> number(former.count());
      case Step.MapValues(var entity, var field, var values) -> {
        var column = formerName(entity, field);
        var list = model.entity(entity).field(field).type() instanceof FieldType.ListOf;
        yield number(list ? former.countOf(column) : former.countOf(column, values.keySet()));
      }
      case Step.RenameEntity _,
          Step.DropEntity _,
          Step.ForgetHistory _,
          Step.RenameField _,
          Step.Widen _,
          Step.Narrow _,
          Step.Convert _,
          Step.AddUnique _,
          Step.AddIndex _,
          Step.AddCheck _,
          Step.Number _,
          Step.Search _ ->
          number(former.count());
    };
  }

  private String formerName(String entity, String field) {
    return change.entities().stream()
        .filter(e -> e.name().equals(entity))
        .flatMap(e -> e.fields().stream())
        .filter(f -> f.name().equals(field))
        .map(f -> f.before() == null ? field : f.before().name())
        .findFirst()
        .orElse(field);
  }

  private Mark mark(Step step) {
    return switch (step) {
      case Step.DropEntity _, Step.DropField _, Step.ForgetHistory _ -> Mark.DESTRUCTIVE;
      case Step.Widen(var entity, _, _) -> rebuilt(entity) ? Mark.SLOW : Mark.SAFE;
      case Step.CreateEntity _,
          Step.KeepHistory _,
          Step.RenameEntity _,
          Step.Note _,
          Step.DropUnique _,
          Step.DropIndex _,
          Step.DropCheck _ ->
          Mark.SAFE;
      case Step.DropComputed(var entity, _) -> rebuilt(entity) ? Mark.SLOW : Mark.SAFE;
      case Step.AddField _,
          Step.Compute _,
          Step.RenameField _,
          Step.Narrow _,
          Step.Convert _,
          Step.MapValues _,
          Step.AddUnique _,
          Step.AddIndex _,
          Step.AddCheck _,
          Step.Number _,
          Step.Search _ ->
          Mark.SLOW;
    };
  }

  private boolean rebuilt(String entity) {
    var table = tables.get(entity);
    return table != null && table.rebuilt();
  }

  private List<Violation> faults(Instant now) {
    var faults = new Faults();
    var before = layout().model();
    for (var entity : change.entities()) {
      var old = entity.before();
      if (old == null) {
        if (intake.has(entity.name())) {
          arrivals().examine(entity.name(), faults);
        }
        continue;
      }
      if (entity.examined()) {
        new RowMover(ground, rules, now).examine(entity, before, before.entity(old.name()), faults);
      }
      uniques(entity, former(old.name()), faults);
      if (rebuilt(entity.name())) {
        strange(old.name(), faults);
      }
    }
    change.dropped().forEach(entity -> strange(entity.name(), faults));
    return faults.violations();
  }

  private void uniques(EntityChange entity, MigrationSql former, Faults faults) {
    var table = tables.get(entity.name());
    for (var step : entity.steps()) {
      if (table != null && step instanceof Step.AddUnique(var name, var fields)) {
        var columns = table.formerColumns(fields);
        if (!columns.isEmpty()) {
          new KeyFaults(ground, faults).duplicates(name, former, fields, columns);
        }
      }
    }
  }

  /// A table with columns that the model does not own is not made anew: they would be lost.
  private void strange(String entity, Faults faults) {
    for (var told : ground.strange(layout(), entity)) {
      faults.add(
          entity,
          "Put the column into the model, or drop it by hand.",
          new Violation(entity, "drift", told));
    }
  }
}
