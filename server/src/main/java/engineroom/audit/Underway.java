package engineroom.audit;

import engineroom.data.Times;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// How the requests came that write at the moment, or did so a moment ago: the change log says only
/// who asked, and when. Held in memory, so that writing costs no more: what was done in the second
/// before a crash is in the log without the way that it came.
public final class Underway {
  private static final int REQUESTS_MAX = 20_000;

  private final Map<Key, Supplier<Circumstances>> requests =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Supplier<Circumstances>> eldest) {
          return size() > REQUESTS_MAX;
        }
      };

  private final List<Key> begun = new ArrayList<>();
  private boolean shared;

  /// Callers may choose ids of requests, but not the microsecond in which they are read.
  private record Key(String requestId, Instant time) {}

  /// A request that may write begins. Most are never asked for, so the rest is worked out then.
  synchronized void begins(String requestId, Instant time, Supplier<Circumstances> request) {
    var key = new Key(requestId, Times.microseconds(time));
    requests.put(key, request);
    if (shared && begun.size() < REQUESTS_MAX) {
      begun.add(key);
    }
  }

  /// From now on other processes are told.
  synchronized void share() {
    shared = true;
  }

  /// Those that began since it was asked last.
  synchronized List<Circumstances> begun() {
    var all =
        begun.stream().map(requests::get).filter(Objects::nonNull).map(Supplier::get).toList();
    begun.clear();
    return all;
  }

  Optional<Circumstances> find(String requestId, Instant time) {
    return Optional.ofNullable(known(new Key(requestId, Times.microseconds(time))))
        .map(Supplier::get);
  }

  private synchronized @Nullable Supplier<Circumstances> known(Key key) {
    return requests.get(key);
  }
}
