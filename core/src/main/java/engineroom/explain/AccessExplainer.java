package engineroom.explain;

import engineroom.authorize.Authorizer;
import engineroom.authorize.Witness;
import engineroom.authorize.Witness.Kind;
import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.model.Entity;
import engineroom.model.Model;
import engineroom.operation.Call;
import engineroom.operation.Caller;
import engineroom.operation.Operation;
import engineroom.outcome.AccessReport;
import engineroom.outcome.AccessReport.Asked;
import engineroom.outcome.AccessReport.Stage;
import engineroom.outcome.AccessReport.Verdict;
import engineroom.outcome.Outcome;
import engineroom.problem.ProblemException;
import engineroom.store.Access;
import engineroom.store.Transaction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Tells why somebody may do something or not, by doing it in their name, listening, and undoing
/// it: the verdict is the engine's own.
public final class AccessExplainer {
  private final Model model;
  private final Authorizer authorizer;
  private final Way way;

  /// How an operation is carried out.
  public interface Way {
    Outcome run(Operation operation, Call call, Access access);
  }

  public AccessExplainer(Model model, Authorizer authorizer, Way way) {
    this.model = model;
    this.authorizer = authorizer;
    this.way = way;
  }

  /// Carries the report out of work that is not kept.
  private static final class Undone extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient AccessReport report;

    Undone(AccessReport report) {
      super("only explained", null, false, false);
      this.report = report;
    }
  }

  /// The report on an operation. Nothing that it does stays.
  ///
  /// @param by by whom it would be asked
  public Outcome explain(Operation asked, Call by, Access access) {
    return access.write(
        transaction -> {
          try {
            return transaction.attempt(
                () -> {
                  throw new Undone(report(asked, by, transaction));
                });
          } catch (Undone undone) {
            return new Outcome.AccessExplained(undone.report);
          }
        });
  }

  private AccessReport report(Operation asked, Call by, Transaction transaction) {
    var entity = model.entity(asked.entity());
    var lookup = new TransactionLookup(model, transaction);
    var id = id(asked);
    var before = id == null ? null : lookup.find(entity.name(), id).orElse(null);
    supposed(by, transaction);
    var tracer = new Tracer(model, lookup, by);
    var hearing = new Hearing(model, tracer, lookup);
    var verdict = verdict(asked, by, transaction, hearing, before);
    refusedAtOnce(asked, verdict, hearing, before);
    var fields = new FieldReport(entity, authorizer.grants(by).on(entity.name()), tracer);
    return new AccessReport(
        new Asked(name(asked), entity.name(), id),
        verdict,
        hearing.heard(),
        fields.of(before != null ? before : hearing.created().orElse(null)));
  }

  /// Gives somebody who has only roles a row of their own, so that what they write can refer to
  /// them; it is undone with all else.
  private void supposed(Call by, Transaction transaction) {
    var users = model.findEntity("user").orElse(null);
    if (users == null
        || !(by.caller() instanceof Caller.User user)
        || transaction.find("user", user.id()).isPresent()
        || users.kept().values().stream()
            .anyMatch(field -> field.required() && !Entity.SYSTEM.contains(field.name()))) {
      return;
    }
    var values = new LinkedHashMap<String, Value>();
    users.kept().keySet().forEach(name -> values.put(name, Value.NULL));
    var time = new Value.Timestamp(by.time());
    values.putAll(
        Map.of("id", user.id(), "version", Value.of(1), "createdAt", time, "updatedAt", time));
    transaction.insert("user", new Row(values));
  }

  private Verdict verdict(
      Operation asked, Call by, Transaction at, Hearing hearing, @Nullable Row before) {
    try {
      var outcome =
          ScopedValue.where(Witness.HEARING, hearing)
              .call(() -> at.attempt(() -> way.run(asked, by, Access.within(at))));
      return verdict(outcome, asked, before);
    } catch (ProblemException e) {
      return Refusals.of(e.problem());
    }
  }

  private static Verdict verdict(Outcome outcome, Operation asked, @Nullable Row before) {
    return switch (outcome) {
      case Outcome.Missing _ ->
          new Verdict.Refused(
              before == null ? Stage.NO_ROW : Stage.RULE,
              "authorize/not-found",
              "There is no such " + asked.entity() + ".",
              List.of());
      case Outcome.Conflict _ ->
          new Verdict.Refused(
              Stage.OTHER,
              "outcome/conflict",
              "The " + asked.entity() + " has another version.",
              List.of());
      case Outcome.Found _,
          Outcome.Listed _,
          Outcome.Summarized _,
          Outcome.Written _,
          Outcome.Deleted _,
          Outcome.Many _,
          Outcome.Explained _,
          Outcome.AccessExplained _ ->
          Verdict.Yes.ALLOWED;
    };
  }

  /// Adds the rules that decided without being asked of a row by a writer.
  private void refusedAtOnce(
      Operation asked, Verdict verdict, Hearing hearing, @Nullable Row before) {
    var entity = model.entity(asked.entity());
    var own = kind(asked);
    if (reads(asked) || (verdict instanceof Verdict.Refused && !hearing.has(own, ""))) {
      hearing.add(own, entity, "", before);
    }
    if (verdict instanceof Verdict.Refused refused && refused.stage() == Stage.FIELD) {
      refused.errors().stream()
          .map(error -> error.path())
          .filter(path -> entity.findField(path).isPresent() && !hearing.has(Kind.FIELD, path))
          .forEach(path -> hearing.add(Kind.FIELD, entity, path, before));
    }
  }

  private static boolean reads(Operation asked) {
    return switch (asked) {
      case Operation.Fetch _,
          Operation.Find _,
          Operation.Summarize _,
          Operation.AsOf _,
          Operation.Recount _ ->
          true;
      case Operation _ -> false;
    };
  }

  private static Kind kind(Operation asked) {
    return switch (asked) {
      case Operation.Create _, Operation.Upsert _ -> Kind.CREATE;
      case Operation.Change _, Operation.ChangeMany _, Operation.Replace _, Operation.Restore _ ->
          Kind.UPDATE;
      case Operation.Delete _, Operation.DeleteMany _, Operation.Discard _, Operation.Undelete _ ->
          Kind.DELETE;
      case Operation.Fetch _,
          Operation.Find _,
          Operation.Summarize _,
          Operation.AsOf _,
          Operation.Recount _,
          Operation.ListTrash _,
          Operation.Explain _,
          Operation.ExplainAccess _ ->
          Kind.READ;
    };
  }

  private static @Nullable Value id(Operation asked) {
    return switch (asked) {
      case Operation.Fetch(_, var id, _) -> id;
      case Operation.Change(_, var id, _, _, _) -> id;
      case Operation.Replace(_, var id, _, _, _) -> id;
      case Operation.Delete(_, var id, _) -> id;
      case Operation.Restore(_, var id, _, _, _) -> id;
      case Operation.Recount(_, var id, _, _) -> id;
      case Operation _ -> null;
    };
  }

  /// In the words of the doors.
  private static String name(Operation asked) {
    return switch (asked) {
      case Operation.Fetch _ -> "read";
      case Operation.Find _ -> "list";
      case Operation _ -> {
        var name = asked.getClass().getSimpleName();
        yield Character.toLowerCase(name.charAt(0)) + name.substring(1);
      }
    };
  }
}
