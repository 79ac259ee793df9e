package engineroom.stores.sql;

import engineroom.operation.Selection.Sort;
import engineroom.plan.Plan;
import engineroom.stores.sql.Dialect.Rank;
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
        var value = writer.value(key.by(), part, names);
        keys.add(writer.dialect().ordered(value, writer.form(key.by()), rank(key)));
      }
    }
    return Sql.joined(", ", keys);
  }

  private Rank rank(Sort key) {
    var nulls = writer.nullable(key.by());
    if (Plan.descending(key)) {
      return nulls ? Rank.DESCENDING_NULLS : Rank.DESCENDING;
    }
    return nulls ? Rank.ASCENDING_NULLS : Rank.ASCENDING;
  }
}
