package engineroom.run;

import static engineroom.problem.ProblemException.problem;

import engineroom.authorize.Allowed;
import engineroom.data.Stages;
import engineroom.data.Value;
import engineroom.model.Entity;
import engineroom.model.Model;
import engineroom.operation.FieldRules;
import engineroom.operation.Operation;
import engineroom.outcome.Outcome;
import engineroom.outcome.Outcome.Written;
import engineroom.outcome.TrashUnit;
import engineroom.plan.Plan;
import engineroom.problem.StoreProblem.OutOfTime;
import engineroom.run.TrashSight.Seen;
import engineroom.store.Access;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Shows what was deleted and can come back, brings it back, and forgets it.
final class TrashWork {
  /// Units looked at within one transaction, so that a long trash holds up no other write.
  private static final int AT_ONCE = 100;

  private final Model model;
  private final Reads reads;
  private final Answers answers;
  private final FieldRules fields;
  private final Upkeep upkeep;

  TrashWork(Upkeep upkeep, Reads reads, FieldRules fields) {
    this.model = upkeep.fields().model();
    this.upkeep = upkeep;
    this.reads = reads;
    this.answers = new Answers(reads);
    this.fields = fields;
  }

  /// A unit that was looked at.
  ///
  /// @param json null where the caller may not see it
  private record Looked(long number, byte @Nullable [] json) {}

  /// Units, the newest first; the next page begins behind the number of the last one shown.
  Outcome list(Allowed.Writing allowed, Operation.ListTrash list, Access access) {
    var end = new End(allowed.rules().call().timeLimit());
    var entity = model.entity(list.entity());
    var shown = new ArrayList<byte[]>();
    var last = list.before();
    var before = last == null ? Long.MAX_VALUE : last;
    for (var looked = look(allowed, entity, before, access);
        !looked.isEmpty();
        looked = look(allowed, entity, before, access)) {
      for (var one : looked) {
        if (one.json() != null && shown.size() == list.limit()) {
          return new Outcome.Listed(shown, last == null ? null : List.of(Value.of(last)), null);
        }
        if (one.json() != null) {
          shown.add(one.json());
          last = one.number();
        }
      }
      before = looked.getLast().number();
      end.refusePassed();
    }
    return new Outcome.Listed(shown, null, null);
  }

  /// When the time of a request is over.
  private static final class End {
    private final Duration limit;
    private final long begin = System.nanoTime();

    End(Duration limit) {
      this.limit = limit;
    }

    void refusePassed() {
      if (Duration.ofNanos(System.nanoTime() - begin).compareTo(limit) > 0) {
        throw problem(new OutOfTime(limit.toSeconds()));
      }
    }
  }

  private List<Looked> look(Allowed.Writing allowed, Entity entity, long before, Access access) {
    return within(
        allowed,
        access,
        work -> {
          var now = work.origin().time();
          var units = work.transaction().trash().units(entity.name(), before, AT_ONCE, now);
          var sight = sight(work, allowed);
          return units.stream().map(unit -> looked(sight, unit)).toList();
        });
  }

  private static Looked looked(TrashSight sight, TrashUnit unit) {
    return new Looked(unit.number(), sight.see(unit).map(sight::json).orElse(null));
  }

  private TrashSight sight(Work work, Allowed.Writing allowed) {
    var view = allowed.answer();
    Plan plan = reads.plan(Objects.requireNonNull(view, "who reads nothing is refused"));
    return new TrashSight(work, allowed, fields, plan);
  }

  private <T> T within(Allowed.Writing allowed, Access access, Function<Work, T> task) {
    return Stages.time(
        "store",
        () ->
            access.write(
                transaction -> task.apply(new Work(upkeep, transaction, allowed.rules()))));
  }

  /// Brings a row back with what went with it.
  Outcome restore(Allowed.Writing allowed, Operation.Undelete restore, Access access) {
    return within(
        allowed,
        access,
        work ->
            newest(work, allowed, restore.entity(), restore.id())
                .map(seen -> restored(work, allowed, seen))
                .orElse(Outcome.Missing.MISSING));
  }

  /// The newest unit of a row that the caller may see.
  private Optional<Seen> newest(Work work, Allowed.Writing allowed, String entity, Value id) {
    var sight = sight(work, allowed);
    var units = work.transaction().trash().ofRow(entity, id, work.origin().time());
    return units.stream().flatMap(unit -> sight.see(unit).stream()).findFirst();
  }

  private Outcome restored(Work work, Allowed.Writing allowed, Seen seen) {
    var entity = seen.unit().entity();
    var id = new Undeletion(work, seen.rows()).restore().id();
    work.end();
    var json = answers.json(work.transaction(), allowed, id);
    var version = work.transaction().find(entity, id).orElseThrow().version();
    return new Written(List.of(new Written.Row(id, version, false, json)), work.changes());
  }

  /// Forgets the newest unit of a row for good.
  Outcome discard(Allowed.Writing allowed, Operation.Discard discard, Access access) {
    return within(
        allowed,
        access,
        work -> {
          var seen = newest(work, allowed, discard.entity(), discard.id());
          seen.ifPresent(found -> work.transaction().trash().forget(found.unit().number()));
          return seen.<Outcome>map(_ -> new Outcome.Deleted(List.of()))
              .orElse(Outcome.Missing.MISSING);
        });
  }
}
