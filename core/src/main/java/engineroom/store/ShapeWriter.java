package engineroom.store;

import engineroom.authorize.Shape;
import engineroom.authorize.Shape.Member;
import engineroom.data.JsonText;
import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.model.FieldType;

/// Writes rows as the JSON objects of a shape.
final class ShapeWriter {
  private final Reading reading;

  ShapeWriter(Reading reading) {
    this.reading = reading;
  }

  /// Writes one row of an entity.
  void write(StringBuilder out, String entity, Shape shape, Row row) {
    out.append('{');
    members(out, entity, shape, row, "");
    out.append('}');
  }

  private void members(StringBuilder out, String entity, Shape shape, Row row, String separator) {
    var before = separator;
    for (var member : shape.members()) {
      out.append(before);
      JsonText.quote(out, member.name());
      out.append(':');
      switch (member) {
        case Member.Plain plain -> plain(out, entity, plain, row);
        case Member.One one -> one(out, one, row);
        case Member.Many many -> many(out, entity, many, row);
      }
      before = ",";
    }
  }

  private void plain(StringBuilder out, String entity, Member.Plain plain, Row row) {
    var visible = reading.holds(plain.visible(), row);
    JsonText.append(out, visible ? value(entity, plain, row) : Value.NULL);
  }

  private Value value(String entity, Member.Plain plain, Row row) {
    return plain.field().virtual()
        ? reading.value(reading.model().entity(entity).get(plain.name()), row)
        : row.value(plain.name());
  }

  private void one(StringBuilder out, Member.One one, Row row) {
    var id = row.value(one.name());
    if (id == Value.NULL || !reading.holds(one.visible(), row)) {
      out.append("null");
      return;
    }
    out.append("{\"id\":");
    JsonText.append(out, id);
    if (!one.shape().members().isEmpty()) {
      var target = ((FieldType.Reference) one.field().type()).entity();
      reading
          .find(target, id)
          .filter(referred -> reading.holds(one.guard(), referred))
          .ifPresent(referred -> members(out, target, one.shape(), referred, ","));
    }
    out.append('}');
  }

  private void many(StringBuilder out, String entity, Member.Many many, Row row) {
    var rows = reading.listed(entity, inverse(many), row.id(), many.filter());
    out.append('[');
    var separator = "";
    for (var sorted : reading.sorted(rows, many.sort()).stream().limit(many.limit()).toList()) {
      out.append(separator);
      write(out, many.entity(), many.shape(), sorted.row());
      separator = ",";
    }
    out.append(']');
  }

  /// The model's name of the list, which the member need not bear.
  private String inverse(Member.Many many) {
    var reference = reading.model().entity(many.entity()).field(many.field()).type();
    return ((FieldType.Reference) reference).inverse();
  }
}
