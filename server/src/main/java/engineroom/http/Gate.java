package engineroom.http;

import engineroom.operation.Call;

/// Refuses those who ask too often, by a problem.
public interface Gate {
  /// Lets everybody in.
  Gate OPEN =
      new Gate() {
        @Override
        public void arrives(String address, Credentials credentials) {}

        @Override
        public void refused(String address) {}

        @Override
        public void known(Call call, String path) {}
      };

  /// Whether a request brings any.
  enum Credentials {
    NONE,
    SOME
  }

  /// A request came; who sends it is not known yet.
  void arrives(String address, Credentials credentials);

  /// Its credentials were no good.
  void refused(String address);

  /// Its caller is known.
  void known(Call call, String path);
}
