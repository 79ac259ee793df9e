package engineroom.door.batch;

import engineroom.operation.Call;

/// Counts the requests of batches, each as the request that it is.
public interface Counting {
  /// Counts nothing.
  Counting NONE =
      new Counting() {
        @Override
        public void more(Call call, int requests) {}

        @Override
        public void within(Call call, String method, String path) {}
      };

  /// A batch brought so many requests more than itself; a problem where those are too many.
  void more(Call call, int requests);

  /// One of them goes there; a problem where too many have gone.
  void within(Call call, String method, String path);
}
