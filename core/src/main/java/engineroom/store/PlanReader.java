package engineroom.store;

import engineroom.data.Value;
import engineroom.expression.Expression;
import engineroom.expression.Lookup;
import engineroom.model.History;
import engineroom.model.Model;
import engineroom.plan.Counted;
import engineroom.plan.Plan;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Runs plans over rows in memory: the reference for what a plan means. Every store equals it, byte
/// for byte.
///
/// Rows: those that meet the filter, in the order of the sort keys (nulls last in both directions,
/// text by code point), from the offset on, at most the limit. `count` counts what meets `counted`,
/// and is null where that is [Expression#FALSE]. JSON is written as by [engineroom.data.JsonText],
/// without spaces, members in the shape's order:
///
/// - a plain member is the value, or null where it is not visible;
/// - a reference is null where there is none or where it is not visible, else `{"id":…}`, followed
///   by its members where the row referred to exists and meets the guard;
/// - an inverse list is an array of the first rows in its order, at most its limit.
///
/// Groups: see [GroupReader].
public final class PlanReader {
  private final Model model;
  private final Store.Tables tables;
  private final Lookup lookup;

  /// @param model with all that a read may name, as [History#readable] tells
  /// @param lookup over the same rows as the tables
  public PlanReader(Model model, Store.Tables tables, Lookup lookup) {
    this.model = model;
    this.tables = tables;
    this.lookup = lookup;
  }

  /// What the plan gives with these values.
  public Store.Result read(Plan plan, Store.Binding binding) {
    var reading = reading(plan, binding);
    return switch (plan) {
      case Plan.Rows rows -> rows(reading, rows, binding);
      case Plan.Groups(var summary, _) -> new GroupReader(reading).read(summary, binding);
    };
  }

  /// The ids of the rows that a plan gives, in its order.
  public List<Value> ids(Plan.Rows plan, Store.Binding binding) {
    var reading = reading(plan, binding);
    var all = reading.sorted(reading.matching(plan.entity(), plan.filter()), plan.sort());
    return page(all, binding).stream().map(sorted -> sorted.row().id()).toList();
  }

  private Reading reading(Plan plan, Store.Binding binding) {
    if (!History.isThen(plan.entity())) {
      return new Reading(model, tables, lookup, binding);
    }
    var then = ThenTables.of(model, tables, lookup, plan, binding);
    return new Reading(model, then, then, binding);
  }

  private static Store.Result rows(Reading reading, Plan.Rows plan, Store.Binding binding) {
    var all = reading.sorted(reading.matching(plan.entity(), plan.filter()), plan.sort());
    var page = page(all, binding);
    var json = new ArrayList<byte[]>(page.size());
    var writer = new ShapeWriter(reading);
    for (var sorted : page) {
      var out = new StringBuilder();
      writer.write(out, plan.entity(), plan.shape(), sorted.row());
      json.add(bytes(out));
    }
    var more = all.size() > binding.offset() + page.size();
    var full = !page.isEmpty() && page.size() == binding.limit();
    return new Store.Result(
        json,
        full ? page.getLast().keys() : List.of(),
        full ? page.getLast().row().version() : 0,
        more,
        count(reading, plan));
  }

  private static @Nullable Long count(Reading reading, Plan.Rows plan) {
    return switch (plan.counted()) {
      case Counted.Nothing.NOTHING -> null;
      case Counted.Exactly(var filter) -> count(reading, plan.entity(), filter);
      case Counted.Roughly(var filter) -> count(reading, plan.entity(), filter);
    };
  }

  private static long count(Reading reading, String entity, Expression filter) {
    return reading.matching(entity, filter).size();
  }

  /// The part of a list that a run asks for.
  static <T> List<T> page(List<T> all, Store.Binding binding) {
    return all.stream().skip(binding.offset()).limit(binding.limit()).toList();
  }

  static byte[] bytes(StringBuilder text) {
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
