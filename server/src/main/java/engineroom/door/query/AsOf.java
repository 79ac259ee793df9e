package engineroom.door.query;

import engineroom.data.Value;
import engineroom.json.FieldReader;
import engineroom.model.FieldType;
import engineroom.operation.Operation;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The moment as of which a read asks for rows: `asOf=2026-11-01T00:00:00Z`.
///
/// @param moment null for rows as they are
public record AsOf(@Nullable Instant moment) {
  /// The parameter.
  public static final String NAME = "asOf";

  /// Takes it out of the parameters.
  public static AsOf take(Parameters parameters, FieldReader reader) {
    var text = parameters.take(NAME);
    if (text.isEmpty()) {
      return new AsOf(null);
    }
    try {
      var value = reader.text(FieldType.Plain.TIMESTAMP, text.get());
      if (value instanceof Value.Timestamp(var instant)) {
        return new AsOf(instant);
      }
    } catch (FieldReader.Unfit _) {
      // told below, with an example
    }
    throw Parameters.bad(
        NAME + " can't be " + text.get() + ".", "Write a moment, as asOf=2026-11-01T00:00:00Z.");
  }

  /// The read, as of the moment.
  public Operation of(Operation read) {
    return moment == null ? read : new Operation.AsOf(read, moment);
  }
}
