package engineroom.audit;

import engineroom.data.Times;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How the requests came whose changes are for the log, until they are taken: the change log says
/// only who asked, and when. Held in memory, so that writing costs no more: what was done in the
/// second before a crash is in the log without the way that it came.
public final class RecentRequests {
  private static final int REQUESTS_MAX = 20_000;

  private final Map<Key, Circumstances> requests =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Circumstances> eldest) {
          return size() > REQUESTS_MAX;
        }
      };

  private final List<Circumstances> untold = new ArrayList<>();
  private boolean shared;

  /// Callers may choose ids of requests, but not the microsecond in which they are read.
  private record Key(String requestId, Instant time) {
    static Key of(String requestId, Instant time) {
      return new Key(requestId, Times.microseconds(time));
    }
  }

  /// Remembers a request that makes changes.
  synchronized void remember(Circumstances request) {
    var known = requests.put(Key.of(request.requestId(), request.time()), request);
    if (shared && known == null && untold.size() < REQUESTS_MAX) {
      untold.add(request);
    }
  }

  /// From now on other processes are told.
  synchronized void share() {
    shared = true;
  }

  /// Those that others were not told of yet.
  synchronized List<Circumstances> untold() {
    var all = List.copyOf(untold);
    untold.clear();
    return all;
  }

  synchronized Optional<Circumstances> find(String requestId, Instant time) {
    return Optional.ofNullable(requests.get(Key.of(requestId, time)));
  }
}
