package engineroom.authorize;

import static engineroom.problem.ProblemException.problem;

import engineroom.data.Value;
import engineroom.expression.Arguments;
import engineroom.expression.Expression;
import engineroom.model.Entity;
import engineroom.model.History;
import engineroom.model.Model;
import engineroom.operation.Call;
import engineroom.operation.Caller;
import engineroom.operation.Operation;
import engineroom.operation.Query;
import engineroom.operation.Query.Counting;
import engineroom.operation.Selection;
import engineroom.operation.Summary;
import engineroom.problem.AuthorizeProblem.NotAllowed;
import engineroom.problem.OperationProblem.AppendOnly;
import engineroom.problem.RequestProblem.BadParameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Lets through what a caller may do, narrowed to what they may see. Reads are woven once for each
/// shape and set of rights.
public final class Authorizer {
  /// Woven shapes kept; beyond it they are forgotten and woven again.
  private static final int SHAPES_MAX = 10_000;

  private final Model model;
  private final Recall recall;
  private final Policy policy;
  private final Map<Key, View> views = new ConcurrentHashMap<>();
  private final Map<Key, Totals> totals = new ConcurrentHashMap<>();

  /// What a woven shape is found by.
  private record Key(Object shape, int arguments, Grants grants) {}

  /// The shape of a question for one row.
  private record OneRow(String entity, Selection selection) {}

  /// The shape of a question for the versions of one row.
  private record EveryVersion(String entity) {}

  /// A woven summary and its facts.
  private record Totals(Summary summary, List<Expression.Fact> facts) {}

  public Authorizer(Model model) {
    this.model = History.readable(model);
    this.recall = new Recall(this.model);
    this.policy = new Policy(model);
  }

  /// The rights of whoever makes a call, for doors that show what there is.
  public Grants grants(Call call) {
    return policy.grants(call);
  }

  /// Weaves the caller's rules in; refuses what no row could make right.
  public Allowed authorize(Operation operation, Call call) {
    var grants = policy.grants(call);
    var rules = new RowRules(model, call, grants);
    var entity = operation.entity();
    var rights = grants.on(entity);
    return switch (operation) {
      case Operation.Fetch _,
          Operation.Find _,
          Operation.Summarize _,
          Operation.AsOf _,
          Operation.Recount _ -> {
        require(rights.read(), rules, "read " + plural(entity));
        yield read(operation, rules, grants);
      }
      case Operation.Restore restore -> {
        require(rights.read(), rules, "read " + plural(entity));
        recall.entity(entity);
        yield writing(operation, restore.answer(), rules, grants);
      }
      case Operation.Create(_, _, var answer) -> {
        require(rights.create(), rules, "create " + plural(entity));
        yield writing(operation, answer, rules, grants);
      }
      case Operation.Change(_, _, _, _, var answer) -> {
        requireChange(rights.update(), entity, rules, "change ");
        yield writing(operation, answer, rules, grants);
      }
      case Operation.Replace(_, _, _, _, var answer) -> writing(operation, answer, rules, grants);
      case Operation.Upsert upsert -> {
        mayUpsert(upsert, rules, grants);
        yield writing(operation, upsert.answer(), rules, grants);
      }
      case Operation.ChangeMany(_, var filter, var arguments, _, var max) -> {
        requireChange(rights.update(), entity, rules, "change ");
        yield writingMany(operation, chosen(entity, filter, arguments, max), rules, grants);
      }
      case Operation.DeleteMany(_, var filter, var arguments, var max) -> {
        requireChange(rights.delete(), entity, rules, "delete ");
        yield writingMany(operation, chosen(entity, filter, arguments, max), rules, grants);
      }
      case Operation.Delete _ -> {
        requireChange(rights.delete(), entity, rules, "delete ");
        yield writing(operation, Selection.ALL, rules, grants);
      }
      case Operation.ListTrash _, Operation.Discard _, Operation.Undelete _ ->
          ofTrash(operation, rules, grants);
      case Operation.Explain(var read) -> plan(read, rules, grants);
      case Operation.ExplainAccess(var asked, var by) -> access(asked, call, by);
    };
  }

  private Allowed plan(Operation read, RowRules rules, Grants grants) {
    administrator(rules.call(), "how a read is done");
    if (!(read(read, rules, grants) instanceof Allowed.Reading reading)) {
      throw new IllegalArgumentException("only reads of rows are explained");
    }
    return new Allowed.Explaining(reading);
  }

  private static Allowed access(Operation asked, Call call, Caller by) {
    administrator(call, "who may do what");
    return new Allowed.ExplainingAccess(asked, call.by(by));
  }

  private static void administrator(Call call, String sight) {
    if (!call.caller().administrator()) {
      throw problem(new NotAllowed("Only an administrator may see " + sight + "."));
    }
  }

  /// What is in the trash is there for those who could see it and may delete it.
  private Allowed ofTrash(Operation operation, RowRules rules, Grants grants) {
    var entity = operation.entity();
    var rights = grants.on(entity);
    require(rights.read(), rules, "read " + plural(entity));
    require(rights.delete(), rules, "delete " + plural(entity));
    if (operation instanceof Operation.Undelete(_, _, var answer)) {
      require(rights.create(), rules, "create " + plural(entity));
      return writing(operation, answer, rules, grants);
    }
    return writing(operation, Selection.ALL, rules, grants);
  }

  private Allowed read(Operation operation, RowRules rules, Grants grants) {
    return switch (operation) {
      case Operation.Fetch(var entity, var id, var selection) ->
          one(entity, selection, new Arguments(List.of(id)), rules, grants);
      case Operation.Find find -> many(find, rules.call(), grants);
      case Operation.Summarize summarize -> summary(summarize, rules.call(), grants);
      case Operation.AsOf asOf -> then(asOf, rules, grants);
      case Operation.Recount recount -> versions(recount, rules, grants);
      case Operation other -> throw new IllegalArgumentException("no read of rows: " + other);
    };
  }

  /// Where rows that are there stay as they are, there is nothing to do but to create.
  private void mayUpsert(Operation.Upsert upsert, RowRules rules, Grants grants) {
    if (upsert.onConflict() == Operation.OnConflict.IGNORE) {
      var create = grants.on(upsert.entity()).create();
      require(create, rules, "create " + plural(upsert.entity()));
    }
  }

  private String plural(String entity) {
    return model.entity(entity).plural();
  }

  /// Refuses changes; of rows that are added only for that reason, to whoever may know of them.
  private void requireChange(Expression rule, String entity, RowRules rules, String what) {
    var rights = rules.on(entity);
    boolean known = rights.reads() || !rights.create().equals(Expression.FALSE);
    if (known && model.entity(entity).life().appendOnly()) {
      throw problem(new AppendOnly(entity));
    }
    require(rule, rules, what + plural(entity));
  }

  private static void require(Expression rule, RowRules rules, String what) {
    if (rule.equals(Expression.FALSE)) {
      throw problem(rules.refusal(what));
    }
  }

  private Allowed then(Operation.AsOf asOf, RowRules rules, Grants grants) {
    if (asOf.moment().isAfter(rules.call().time())) {
      throw problem(
          new BadParameter(
              "asOf is in the future, and nobody knows what will be.",
              "Give a moment up to now, or leave asOf out."));
    }
    var moment = List.<Value>of(new Value.Timestamp(asOf.moment()));
    var then = recall.at(asOf.moment(), rules.call().time());
    return switch (asOf.read()) {
      case Operation.Fetch(var entity, var id, var selection) -> {
        var arguments = new Arguments(List.of(id)).and(moment);
        var shown = then.selection(entity, selection);
        yield one(then.entity(entity), shown, arguments, rules, grants);
      }
      case Operation.Find(var query, var page, var arguments) ->
          many(
              new Operation.Find(then.query(query), page, arguments.and(moment)),
              rules.call(),
              grants);
      case Operation.Summarize(var summary, var page, var arguments) ->
          summary(
              new Operation.Summarize(then.summary(summary), page, arguments.and(moment)),
              rules.call(),
              grants);
      case Operation other -> throw new IllegalArgumentException("no read of rows: " + other);
    };
  }

  /// The versions of one row, each with what was kept of it before its fields.
  private Allowed versions(Operation.Recount recount, RowRules rules, Grants grants) {
    var entity = model.entity(recall.entity(recount.entity()));
    var shown =
        rules.call().caller().administrator()
            ? List.of(History.FROM, History.UNTIL, History.KIND, History.BY)
            : List.of(History.FROM, History.UNTIL, History.KIND);
    var key = new Key(new EveryVersion(entity.name()), 2, grants);
    var view = view(key, () -> new VersionsView(model, grants).of(entity, shown));
    var arguments = new Arguments(List.of(recount.id(), Value.of(recount.before())));
    return new Allowed.Reading(
        view, Query.Page.first(recount.limit()), arguments.and(facts(view.facts(), rules.call())));
  }

  /// @param arguments the row's id and, of a version, the moment
  private Allowed.Reading one(
      String entity, Selection selection, Arguments arguments, RowRules rules, Grants grants) {
    var view = oneRow(entity, selection, grants);
    return new Allowed.Reading(
        view, Query.Page.first(1), arguments.and(facts(view.facts(), rules.call())));
  }

  private View oneRow(String entity, Selection selection, Grants grants) {
    var arguments = History.isThen(entity) ? 2 : 1;
    return woven(
        new Key(new OneRow(entity, selection), arguments, grants),
        () -> {
          var type = model.entity(entity).get("id").type();
          var byId =
              new Expression.Compare(
                  Expression.Comparison.EQUAL,
                  model.entity(entity).get("id"),
                  new Expression.Parameter(0, type));
          return new Query(entity, selection, byId, List.of(), Counting.NONE);
        });
  }

  private Allowed.Reading many(Operation.Find find, Call call, Grants grants) {
    var arguments = find.arguments();
    var view = woven(new Key(find.query(), arguments.values().size(), grants), find::query);
    return new Allowed.Reading(view, find.page(), arguments.and(facts(view.facts(), call)));
  }

  private Allowed writing(Operation operation, Selection answer, RowRules rules, Grants grants) {
    @Nullable View view =
        grants.on(operation.entity()).reads() ? oneRow(operation.entity(), answer, grants) : null;
    return new Allowed.Writing(operation, rules, view);
  }

  /// The question for the rows that a filter finds, with one more than is allowed.
  private static Operation.Find chosen(
      String entity, Expression filter, Arguments arguments, int max) {
    var ids = new Selection(new Selection.Fields.Named(List.of("id")), List.of());
    var query = new Query(entity, ids, filter, List.of(), Counting.NONE);
    return new Operation.Find(query, Query.Page.first(max + 1), arguments);
  }

  private Allowed writingMany(
      Operation operation, Operation.Find chosen, RowRules rules, Grants grants) {
    require(rules.on(operation.entity()).read(), rules, "read " + plural(operation.entity()));
    return new Allowed.WritingMany(
        new Allowed.Writing(operation, rules, null), many(chosen, rules.call(), grants));
  }

  private View woven(Key key, Supplier<Query> query) {
    return view(key, () -> weave(query.get(), key));
  }

  private View view(Key key, Supplier<View> made) {
    var known = views.get(key);
    if (known != null) {
      return known;
    }
    if (views.size() >= SHAPES_MAX) {
      views.clear();
    }
    var woven = made.get();
    var other = views.putIfAbsent(key, woven);
    return other == null ? woven : other;
  }

  private View weave(Query query, Key key) {
    var entity = model.entity(query.entity());
    var weaver = new Weaver(model, key.grants(), key.arguments());
    var filter = Weaver.and(weaver.visible(entity.name()), weaver.request(query.filter()));
    var sort = weaver.order(entity, query.sort());
    var shape = new ShapeBuilder(model, key.grants(), weaver).shape(entity, query.selection());
    return new View(
        entity.name(),
        shape,
        new View.Condition(filter, sort, query.counting()),
        new View.Bound(key.arguments(), weaver.facts(), moment(entity.name(), key)));
  }

  /// The last argument of a request is the moment, where versions are asked for.
  private static @Nullable Integer moment(String entity, Key key) {
    return History.isThen(entity) ? key.arguments() - 1 : null;
  }

  private Allowed summary(Operation.Summarize asked, Call call, Grants grants) {
    var key = new Key(asked.summary(), asked.arguments().values().size(), grants);
    if (totals.size() >= SHAPES_MAX) {
      totals.clear();
    }
    var woven = totals.computeIfAbsent(key, k -> weaveTotals(asked.summary(), k));
    return new Allowed.Summarizing(
        woven.summary(),
        moment(woven.summary().entity(), key),
        asked.page(),
        asked.arguments().and(facts(woven.facts(), call)));
  }

  private Totals weaveTotals(Summary summary, Key key) {
    Entity entity = model.entity(summary.entity());
    var weaver = new Weaver(model, key.grants(), key.arguments());
    var rule = weaver.visible(entity.name());
    var groups =
        summary.groups().stream()
            .map(group -> new Summary.Group(group.name(), weaver.request(group.by())))
            .toList();
    var measures =
        summary.measures().stream().map(measure -> weaveMeasure(weaver, measure)).toList();
    var woven =
        new Summary(
            summary.entity(),
            Weaver.and(rule, weaver.request(summary.filter())),
            groups,
            measures,
            summary.having(),
            summary.sort());
    return new Totals(woven, List.copyOf(weaver.facts()));
  }

  private static Summary.Measure weaveMeasure(Weaver weaver, Summary.Measure measure) {
    var of = measure.of();
    return of == null
        ? measure
        : new Summary.Measure(measure.function(), measure.name(), weaver.request(of));
  }

  private List<Value> facts(List<Expression.Fact> facts, Call call) {
    if (facts.isEmpty()) {
      return List.of();
    }
    var known = new CallerFacts(model, call);
    var values = new ArrayList<Value>(facts.size());
    facts.forEach(fact -> values.add(known.value(fact)));
    return values;
  }
}
