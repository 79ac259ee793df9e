package engineroom.account.flow;

import engineroom.account.Fields;
import engineroom.data.Row;
import engineroom.data.Value;
import java.util.UUID;

/// One change of an address, as both of its tickets know it.
///
/// @param session in which it was asked for, and which alone goes on after it
record Change(UUID id, UUID session, String address) {
  private static final int PARTS = 3;

  static Change of(Value session, String address) {
    if (session instanceof Value.Uuid(var uuid)) {
      return new Change(UUID.randomUUID(), uuid, address);
    }
    throw new IllegalStateException("the ids of sessions are UUIDs");
  }

  static Change of(Row ticket) {
    var parts = Fields.text(ticket, "data").split(" ", PARTS);
    return new Change(UUID.fromString(parts[0]), UUID.fromString(parts[1]), parts[2]);
  }

  /// As the data of a ticket.
  String text() {
    return id + " " + session + " " + address;
  }
}
