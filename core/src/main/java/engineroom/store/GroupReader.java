package engineroom.store;

import engineroom.data.JsonText;
import engineroom.data.Row;
import engineroom.data.Type;
import engineroom.data.Value;
import engineroom.expression.Expression;
import engineroom.expression.Expression.Compare;
import engineroom.expression.Expression.Literal;
import engineroom.operation.Selection.Direction;
import engineroom.operation.Summary;
import engineroom.operation.Summary.Having;
import engineroom.operation.Summary.Measure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Runs summaries over rows in memory: the reference for what groups mean.
///
/// - Rows with the same values of all groups are one group, null being a value like others. Without
///   groups there is one group, also of no rows.
/// - A group stays where every `having` holds, compared as in an expression; of a sum or average of
///   money its amount.
/// - Order: the sort's columns, then the groups in order, ascending; nulls last always.
/// - JSON: `{"group":{…},"count":3,"sum":{"total":…}}`. `group` is left out where there are none.
///   Measures stand under their function in lower case; a measure without a name is the member's
///   value itself. A group by a reference is shown as references are: `{"id":…}` or null.
/// - What each measure is: see [Measuring].
final class GroupReader {
  private final Reading reading;

  GroupReader(Reading reading) {
    this.reading = reading;
  }

  Store.Result read(Summary summary, Store.Binding binding) {
    var kept = new ArrayList<Columns>();
    grouped(summary).forEach((keys, rows) -> keep(summary, keys, rows, kept));
    kept.sort(order(summary));
    var page = PlanReader.page(kept, binding);
    var json = page.stream().map(columns -> json(summary, columns)).toList();
    var more = kept.size() > binding.offset() + page.size();
    return new Store.Result(json, List.of(), 0, more, null);
  }

  /// The values of a group's groups and measures.
  private record Columns(List<Value> keys, List<Value> measures) {
    Value at(int column) {
      return column < keys.size() ? keys.get(column) : measures.get(column - keys.size());
    }
  }

  private Map<List<Value>, List<Row>> grouped(Summary summary) {
    var groups = new LinkedHashMap<List<Value>, List<Row>>();
    if (summary.groups().isEmpty()) {
      groups.put(List.of(), new ArrayList<>());
    }
    for (var row : reading.matching(summary.entity(), summary.filter())) {
      var keys = summary.groups().stream().map(group -> reading.value(group.by(), row)).toList();
      groups.computeIfAbsent(keys, _ -> new ArrayList<>()).add(row);
    }
    return groups;
  }

  private void keep(Summary summary, List<Value> keys, List<Row> rows, List<Columns> kept) {
    var measures = summary.measures().stream().map(measure -> measured(measure, rows)).toList();
    if (summary.having().stream().allMatch(having -> holds(having, measures))) {
      kept.add(new Columns(keys, measures));
    }
  }

  private Value measured(Measure measure, List<Row> rows) {
    var of = measure.of();
    if (of == null) {
      return Value.of(rows.size());
    }
    var values = new ArrayList<Value>();
    for (var row : rows) {
      var value = reading.value(of, row);
      if (value != Value.NULL) {
        values.add(value);
      }
    }
    return Measuring.measure(measure.function(), values);
  }

  private boolean holds(Having having, List<Value> measures) {
    var measured = measures.get(having.measure());
    var compared =
        measured instanceof Value.Money(var amount, _) && having.value().type() != Type.Scalar.MONEY
            ? Value.of(amount)
            : measured;
    var left = new Literal(compared, having.value().type());
    return reading.holds(new Compare(having.comparison(), left, having.value()));
  }

  private static Comparator<Columns> order(Summary summary) {
    var columns = new ArrayList<Integer>();
    var directions = new ArrayList<Direction>();
    for (var key : summary.sort()) {
      columns.add(key.column());
      directions.add(key.direction());
    }
    for (int i = 0; i < summary.groups().size(); i++) {
      columns.add(i);
      directions.add(Direction.ASCENDING);
    }
    return Comparator.comparing(
        group -> columns.stream().map(group::at).toList(), Keys.order(directions));
  }

  private static byte[] json(Summary summary, Columns columns) {
    var out = new StringBuilder("{");
    if (!summary.groups().isEmpty()) {
      out.append("\"group\":");
      groups(out, summary.groups(), columns.keys());
    }
    var byFunction = new LinkedHashMap<Summary.Function, List<Integer>>();
    for (int i = 0; i < summary.measures().size(); i++) {
      var function = summary.measures().get(i).function();
      byFunction.computeIfAbsent(function, _ -> new ArrayList<>()).add(i);
    }
    byFunction.forEach(
        (function, positions) -> {
          out.append(out.length() == 1 ? "\"" : ",\"");
          out.append(function.name().toLowerCase(Locale.ROOT)).append("\":");
          measures(out, summary.measures(), columns.measures(), positions);
        });
    return PlanReader.bytes(out.append('}'));
  }

  private static void groups(StringBuilder out, List<Summary.Group> groups, List<Value> keys) {
    var separator = "{";
    for (int i = 0; i < groups.size(); i++) {
      out.append(separator);
      JsonText.quote(out, groups.get(i).name());
      out.append(':');
      key(out, groups.get(i).by(), keys.get(i));
      separator = ",";
    }
    out.append('}');
  }

  private static void key(StringBuilder out, Expression by, Value key) {
    var reference = by.type() instanceof Type.RowOf && key != Value.NULL;
    out.append(reference ? "{\"id\":" : "");
    JsonText.append(out, key);
    out.append(reference ? "}" : "");
  }

  private static void measures(
      StringBuilder out, List<Measure> measures, List<Value> values, List<Integer> positions) {
    if (positions.size() == 1 && measures.get(positions.getFirst()).name().isEmpty()) {
      JsonText.append(out, values.get(positions.getFirst()));
      return;
    }
    var separator = "{";
    for (var position : positions) {
      out.append(separator);
      JsonText.quote(out, measures.get(position).name());
      out.append(':');
      JsonText.append(out, values.get(position));
      separator = ",";
    }
    out.append('}');
  }
}
