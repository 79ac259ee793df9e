package engineroom.stores.sql;

import engineroom.operation.Selection.Sort;
import engineroom.plan.Plan;
import java.util.ArrayList;
import java.util.List;

/// Writes orders: nulls last in both directions, so that indexes still serve.
final class SortWriter {
  private final ExpressionWriter writer;

  SortWriter(ExpressionWriter writer) {
    this.writer = writer;
  }

  Sql order(List<Sort> sort, Names names) {
    var keys = new ArrayList<Sql>();
    for (var key : sort) {
      for (var part = 0; part < writer.form(key.by()).parts(); part++) {
        keys.add(Sql.of(key(key, part, names), direction(key)));
      }
    }
    return Sql.joined(", ", keys);
  }

  private Sql key(Sort key, int part, Names names) {
    var value = writer.value(key.by(), part, names);
    return writer.form(key.by()) == Form.Simple.EXACT
        ? Sql.of("CAST(", value, " AS NUMERIC)")
        : value;
  }

  private String direction(Sort key) {
    if (Plan.descending(key)) {
      return " DESC";
    }
    return writer.nullable(key.by()) ? " NULLS LAST" : "";
  }
}
