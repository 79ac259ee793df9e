package engineroom.position;

import engineroom.data.JsonText;
import engineroom.operation.Call;
import engineroom.operation.Caller;
import java.util.concurrent.atomic.AtomicLongArray;

/// Where the log of the database ended after the last write of each caller, as far as this process
/// did it. A place is shared by callers of one hash: who reads then waits for another's write too,
/// and never for less than their own. Nothing has to be forgotten: copies pass every place.
final class LastWrites {
  private static final int PLACES = 1 << 12;

  private final AtomicLongArray places = new AtomicLongArray(PLACES);

  void note(Call call, long position) {
    places.accumulateAndGet(place(call), position, Math::max);
  }

  long of(Call call) {
    return places.get(place(call));
  }

  private static int place(Call call) {
    var hash = asker(call).hashCode() * 0x9E3779B9;
    return hash >>> (Integer.SIZE - Integer.numberOfTrailingZeros(PLACES));
  }

  private static String asker(Call call) {
    return switch (call.caller()) {
      case Caller.Guest _ -> "guest " + call.address();
      case Caller.Administrator _ -> "administrator";
      case Caller.Program _ -> "program";
      case Caller.User user -> "user " + JsonText.of(user.id());
    };
  }
}
