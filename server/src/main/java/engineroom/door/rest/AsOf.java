package engineroom.door.rest;

import engineroom.data.Value;
import engineroom.door.query.Parameters;
import engineroom.door.rest.RestDoor.Ask;
import engineroom.json.FieldReader;
import engineroom.model.FieldType;
import engineroom.operation.Operation;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The moment as of which a read asks for rows: `asOf=2026-11-01T00:00:00Z`.
///
/// @param moment null for rows as they are
record AsOf(@Nullable Instant moment) {
  private static final String NAME = "asOf";

  /// Takes it out of the parameters.
  static AsOf take(Ask ask, Parameters parameters) {
    var text = parameters.take(NAME);
    if (text.isEmpty()) {
      return new AsOf(null);
    }
    try {
      var value = ask.reader().text(FieldType.Plain.TIMESTAMP, text.get());
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
  Operation of(Operation read) {
    return moment == null ? read : new Operation.AsOf(read, moment);
  }

  /// Refuses it where the plan of a read is asked for.
  void refuseExplain() {
    if (moment != null) {
      throw Parameters.bad(
          "explain=plan tells of reads of today only.", "Leave out explain, or asOf.");
    }
  }
}
