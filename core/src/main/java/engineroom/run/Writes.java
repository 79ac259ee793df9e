package engineroom.run;

import static engineroom.problem.ProblemException.problem;

import engineroom.authorize.Allowed;
import engineroom.data.IdParts;
import engineroom.data.Ids;
import engineroom.data.Row;
import engineroom.data.Stages;
import engineroom.data.Type;
import engineroom.data.Value;
import engineroom.model.Entity;
import engineroom.model.Model;
import engineroom.operation.FieldRules;
import engineroom.operation.FieldRules.JsonSchemas;
import engineroom.operation.Input;
import engineroom.operation.Input.Assignment;
import engineroom.operation.Operation;
import engineroom.outcome.Outcome;
import engineroom.outcome.Outcome.Written;
import engineroom.problem.OperationProblem.TooMuch;
import engineroom.problem.RequestProblem.BadParameter;
import engineroom.run.Drafts.Tools;
import engineroom.store.Access;
import engineroom.store.Store;
import engineroom.store.Store.Binding;
import engineroom.store.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Carries out writes: what can be decided without the store is decided first, the rest within one
/// transaction.
public final class Writes {
  private static final byte[] UNSEEN = {'{', '}'};

  private final Model model;
  private final Reads reads;
  private final Tools tools;
  private final Answers answers;
  private final UniqueKeys keys;
  private final Upkeep upkeep;
  private final TrashWork trash;

  public Writes(Store store, Reads reads, JsonSchemas schemas, Ids ids, ChangeWatch watch) {
    this.model = store.model();
    this.reads = reads;
    var rules = new FieldRules(schemas);
    this.tools = new Tools(model, new Completion(rules, new SecretHash()), ids);
    this.answers = new Answers(reads);
    this.keys = new UniqueKeys(store);
    this.upkeep = Upkeep.of(store, watch);
    this.trash = new TrashWork(upkeep, reads, rules);
  }

  /// Does what was allowed, wholly or not at all.
  public Outcome write(Allowed.Writing allowed, Access access) {
    var entity = model.entity(allowed.operation().entity());
    return switch (allowed.operation()) {
      case Operation.Create create -> create(entity, allowed, create, access);
      case Operation.Change change -> {
        var input = hashed(entity, change.input());
        yield write(allowed, access, work -> change(work, entity, allowed, input));
      }
      case Operation.Replace replace -> {
        var input = hashed(entity, replace.input());
        yield write(allowed, access, work -> replace(work, entity, allowed, input));
      }
      case Operation.Upsert upsert -> {
        var rows = upsert.rows().stream().map(input -> hashed(entity, input)).toList();
        var hashed =
            new Operation.Upsert(
                entity.name(), upsert.key(), rows, upsert.onConflict(), upsert.answer());
        yield write(allowed, access, work -> upsert(work, entity, allowed, hashed));
      }
      case Operation.Delete delete ->
          write(allowed, access, work -> delete(work, entity, allowed, delete));
      case Operation.ListTrash list -> trash.list(allowed, list, access);
      case Operation.Undelete undelete -> trash.restore(allowed, undelete, access);
      case Operation.Discard discard -> trash.discard(allowed, discard, access);
      case Operation.Restore restore ->
          write(allowed, access, work -> restore(work, entity, allowed, restore));
      case Operation.ChangeMany _,
          Operation.DeleteMany _,
          Operation.Fetch _,
          Operation.Find _,
          Operation.Summarize _,
          Operation.AsOf _,
          Operation.Recount _,
          Operation.Explain _,
          Operation.ExplainAccess _ ->
          throw new IllegalArgumentException("not a write of rows by id: " + allowed.operation());
    };
  }

  private Outcome write(Allowed.Writing allowed, Access access, Function<Work, Outcome> task) {
    return within(access::write, allowed, task);
  }

  /// @param transactions what runs a work in one
  private Outcome within(
      Function<Function<Transaction, Outcome>, Outcome> transactions,
      Allowed.Writing allowed,
      Function<Work, Outcome> task) {
    return Stages.time(
        "store",
        () ->
            transactions.apply(
                transaction -> task.apply(new Work(upkeep, transaction, allowed.rules()))));
  }

  private Input hashed(Entity entity, Input input) {
    return tools.completion().hashed(model, entity, input);
  }

  private Outcome create(
      Entity entity, Allowed.Writing allowed, Operation.Create create, Access access) {
    var rows = create.rows().stream().map(input -> hashed(entity, input)).toList();
    if (rows.stream().allMatch(input -> input.lists().isEmpty())) {
      var early = drafts(entity, rows, new Drafts(tools, allowed.rules(), null));
      return within(
          work -> access.create(entity.name(), work),
          allowed,
          work -> inserted(work, entity, allowed, early));
    }
    return write(
        allowed,
        access,
        work -> {
          var drafts = new Drafts(tools, allowed.rules(), work);
          return inserted(work, entity, allowed, drafts(entity, rows, drafts));
        });
  }

  private static List<Draft.New> drafts(Entity entity, List<Input> rows, Drafts drafts) {
    var news = rows.stream().map(input -> drafts.create(entity, input)).toList();
    drafts.refuse();
    return news;
  }

  private Outcome inserted(
      Work work, Entity entity, Allowed.Writing allowed, List<Draft.New> drafts) {
    var writer = new RowWriter(work);
    var rows = drafts.stream().map(writer::insert).toList();
    work.end();
    boolean untouched = work.tookOnly(rows.size());
    return new Written(
        rows.stream()
            .map(
                row ->
                    untouched
                        ? written(work, entity, allowed, row, true)
                        : shown(work, entity, allowed, row, true))
            .toList(),
        work.changes());
  }

  /// A row that is as it was written.
  private Written.Row written(
      Work work, Entity entity, Allowed.Writing allowed, Row row, boolean created) {
    var json = allowed.showsNothing() ? UNSEEN : answers.json(work, allowed, entity, row);
    return new Written.Row(row.id(), row.version(), created, json);
  }

  private Written.Row shown(
      Work work, Entity entity, Allowed.Writing allowed, Row row, boolean created) {
    if (allowed.showsNothing()) {
      return new Written.Row(row.id(), row.version(), created, UNSEEN);
    }
    var json = answers.json(work.transaction(), allowed, row.id());
    var version =
        !created && work.counted(entity, row.id()) // what came with it may have raised it since
            ? work.transaction().find(entity.name(), row.id()).orElse(row).version()
            : row.version();
    return new Written.Row(row.id(), version, created, json);
  }

  private Outcome change(Work work, Entity entity, Allowed.Writing allowed, Input input) {
    var change = (Operation.Change) allowed.operation();
    var found = seen(work, entity, change.id());
    if (found.isEmpty()) {
      return Outcome.Missing.MISSING;
    }
    if (differs(change.ifVersion(), found.get())) {
      return conflict(work, allowed, found.get());
    }
    var drafts = new Drafts(tools, allowed.rules(), work);
    return changed(work, allowed, drafts, drafts.change(entity, input, found.get()));
  }

  private Outcome changed(Work work, Allowed.Writing allowed, Drafts drafts, Draft.Changed draft) {
    drafts.refuse();
    var row = new RowWriter(work).change(draft);
    work.end();
    var entity = draft.entity();
    var shown =
        work.tookOnly(1)
            ? written(work, entity, allowed, row, false)
            : shown(work, entity, allowed, row, false);
    return new Written(List.of(shown), work.changes());
  }

  private Outcome replace(Work work, Entity entity, Allowed.Writing allowed, Input input) {
    var replace = (Operation.Replace) allowed.operation();
    var stored = work.transaction().find(entity.name(), replace.id());
    if (stored.isEmpty() && replace.ifVersion() == null) {
      return createAt(work, entity, allowed, placed(entity, input, replace.id()));
    }
    var found = stored.filter(work.checks(entity)::sees);
    var drafts = new Drafts(tools, allowed.rules(), work);
    if (found.isEmpty()) {
      if (replace.ifVersion() == null) {
        drafts.mayCreate(entity);
      }
      return Outcome.Missing.MISSING;
    }
    if (differs(replace.ifVersion(), found.get())) {
      return conflict(work, allowed, found.get());
    }
    return changed(work, allowed, drafts, drafts.replace(entity, input, found.get()));
  }

  private Outcome restore(
      Work work, Entity entity, Allowed.Writing allowed, Operation.Restore restore) {
    var stored = work.transaction().find(entity.name(), restore.id());
    var present = stored.filter(work.checks(entity)::sees);
    var former = FormerRow.find(work, entity, restore.id(), restore.version());
    if ((present.isEmpty() && unseen(work, entity, restore.id(), stored))
        || former.isEmpty()
        || (stored.isEmpty() && restore.ifVersion() != null)) {
      return Outcome.Missing.MISSING;
    }
    if (former.get().isDeletion()) {
      throw problem(
          new BadParameter(
              "Version " + restore.version() + " tells that the row was deleted.",
              "Restore a version before it."));
    }
    if (present.isEmpty()) {
      return createAt(work, entity, allowed, former.get().creation());
    }
    if (differs(restore.ifVersion(), present.get())) {
      return conflict(work, allowed, present.get());
    }
    var drafts = new Drafts(tools, allowed.rules(), work);
    var input = former.get().change(present.get());
    return changed(work, allowed, drafts, drafts.change(entity, input, present.get()));
  }

  /// Whether a row is there that the caller may not see, or was one at its end.
  private boolean unseen(Work work, Entity entity, Value id, Optional<Row> stored) {
    return stored.isPresent()
        || FormerRow.find(work, entity, id, work.lastVersion(entity, id)).isEmpty();
  }

  /// The input of a row at an id, with the fields that the id is made of.
  private Input placed(Entity entity, Input input, Value id) {
    var placed = input.with("id", new Assignment.To(id));
    var parts = entity.idParts();
    for (var i = 0; i < parts.size(); i++) {
      var name = parts.get(i);
      if (!input.assignments().containsKey(name)) {
        var value = IdParts.part(id, i, parts.size(), idType(entity.field(name).type().type()));
        placed = placed.with(name, new Assignment.To(value));
      }
    }
    return placed;
  }

  private Type idType(Type type) {
    return type instanceof Type.RowOf(var other)
        ? model.entity(other).field("id").type().type()
        : type;
  }

  private Outcome createAt(Work work, Entity entity, Allowed.Writing allowed, Input input) {
    var drafts = new Drafts(tools, allowed.rules(), work);
    return inserted(work, entity, allowed, drafts(entity, List.of(input), drafts));
  }

  private Outcome upsert(
      Work work, Entity entity, Allowed.Writing allowed, Operation.Upsert upsert) {
    var drafts = new Drafts(tools, allowed.rules(), work);
    var done = new Upserts(keys, work, drafts).write(entity, upsert);
    work.end();
    return new Written(
        done.stream().map(d -> shown(work, entity, allowed, d.row(), d.created())).toList(),
        work.changes());
  }

  private static Optional<Row> seen(Work work, Entity entity, Value id) {
    return work.transaction().find(entity.name(), id).filter(work.checks(entity)::sees);
  }

  private static boolean differs(@Nullable Long expected, Row row) {
    return expected != null && expected != row.version();
  }

  private Outcome conflict(Work work, Allowed.Writing allowed, Row current) {
    var json = answers.json(work.transaction(), allowed, current.id());
    return new Outcome.Conflict(json, current.version());
  }

  private Outcome delete(
      Work work, Entity entity, Allowed.Writing allowed, Operation.Delete delete) {
    var found = seen(work, entity, delete.id());
    if (found.isEmpty()) {
      return Outcome.Missing.MISSING;
    }
    if (differs(delete.ifVersion(), found.get())) {
      return conflict(work, allowed, found.get());
    }
    new RowWriter(work).delete(entity, List.of(found.get()));
    work.end();
    return new Outcome.Deleted(work.changes());
  }

  /// Does the same to every row that a filter finds.
  public Outcome write(Allowed.WritingMany allowed, Access access) {
    var entity = model.entity(allowed.writing().operation().entity());
    return switch (allowed.writing().operation()) {
      case Operation.ChangeMany change -> {
        var input = hashed(entity, change.input());
        yield write(allowed.writing(), access, work -> changeMany(work, entity, allowed, input));
      }
      case Operation.DeleteMany _ ->
          write(allowed.writing(), access, work -> deleteMany(work, entity, allowed));
      case Operation other -> throw new IllegalArgumentException("not for many: " + other);
    };
  }

  private Outcome changeMany(Work work, Entity entity, Allowed.WritingMany allowed, Input input) {
    var drafts = new Drafts(tools, work.rules(), work);
    for (var given : input.assignments().values()) {
      if (given instanceof Assignment.Unreadable(var mistake)) {
        drafts.mistake("", mistake); // once, and also where no row is found
      }
    }
    drafts.refuse();
    var changes = new ArrayList<Draft.Changed>();
    var rows = found(work, entity, allowed);
    if (rows.isEmpty()) {
      drafts.judge(entity, input);
    }
    for (var row : rows) {
      var path = "[" + Answers.plain(row.id()) + "]";
      changes.add(drafts.change(entity, new Input(path, input.assignments(), input.lists()), row));
    }
    drafts.refuse();
    changes.forEach(new RowWriter(work)::change);
    work.end();
    return new Outcome.Many(changes.size(), work.changes());
  }

  private Outcome deleteMany(Work work, Entity entity, Allowed.WritingMany allowed) {
    var rows = found(work, entity, allowed);
    new RowWriter(work).delete(entity, rows);
    work.end();
    return new Outcome.Many(rows.size(), work.changes());
  }

  private List<Row> found(Work work, Entity entity, Allowed.WritingMany allowed) {
    var reading = allowed.found();
    int max = reading.page().limit() - 1;
    var binding =
        new Binding(
            reading.arguments(), reading.page().limit(), 0, work.rules().call().timeLimit());
    var ids = work.transaction().ids(reads.statement(reading.view()), binding);
    if (ids.size() > max) {
      throw problem(
          new TooMuch("max", "The filter finds more than " + max + " " + entity.plural() + "."));
    }
    return ids.stream().flatMap(id -> work.transaction().find(entity.name(), id).stream()).toList();
  }
}
