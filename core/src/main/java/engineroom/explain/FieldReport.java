package engineroom.explain;

import engineroom.authorize.Rights;
import engineroom.data.Row;
import engineroom.expression.Expression;
import engineroom.expression.Expression.Literal;
import engineroom.model.Entity;
import engineroom.outcome.AccessReport.FieldRights;
import engineroom.outcome.AccessReport.Holds;
import engineroom.outcome.AccessReport.Right;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Tells which fields of an entity a caller may read and write.
final class FieldReport {
  private final Entity entity;
  private final Rights rights;
  private final Tracer tracer;

  FieldReport(Entity entity, Rights rights, Tracer tracer) {
    this.entity = entity;
    this.rights = rights;
    this.tracer = tracer;
  }

  /// By name.
  ///
  /// @param row the row in question, where there is one
  Map<String, FieldRights> of(@Nullable Row row) {
    var fields = new LinkedHashMap<String, FieldRights>();
    for (var field : entity.fields().values()) {
      var read = right(field.access().read(), rights.readOf(field.name()), row);
      var write = right(field.access().write(), rights.writeOf(field.name()), row);
      fields.put(field.name(), new FieldRights(read, write));
    }
    return fields;
  }

  private Right right(Expression own, Expression decided, @Nullable Row row) {
    var rule =
        own instanceof Literal ? null : row == null ? tracer.open(own) : tracer.of(own, row, row);
    return new Right(holds(decided, row), rule);
  }

  private Holds holds(Expression decided, @Nullable Row row) {
    if (decided instanceof Literal) {
      return decided.equals(Expression.TRUE) ? Holds.YES : Holds.NO;
    }
    if (row == null) {
      return Holds.OF_EACH_ROW;
    }
    return tracer.holds(decided, row, row) ? Holds.YES : Holds.NO;
  }
}
