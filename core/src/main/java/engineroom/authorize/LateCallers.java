package engineroom.authorize;

import engineroom.operation.Caller;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What users who called lately may do, by the very object that stands for a user: doors keep it
/// for as long as nothing about the user changes, so that rules are not decided again for each
/// call.
final class LateCallers {
  /// A power of two. Two users who share a place are decided anew in turn.
  private static final int PLACES = 1_024;

  private final AtomicReferenceArray<@Nullable Seen> places = new AtomicReferenceArray<>(PLACES);

  private record Seen(Caller.User user, Grants grants) {}

  @SuppressWarnings("ReferenceEquality") // comparing rows would cost what this saves
  Grants grants(Caller.User user, Supplier<Grants> decide) {
    int place = System.identityHashCode(user) & PLACES - 1;
    var seen = places.get(place);
    if (seen != null && seen.user() == user) {
      return seen.grants();
    }
    var grants = decide.get();
    places.set(place, new Seen(user, grants));
    return grants;
  }
}
