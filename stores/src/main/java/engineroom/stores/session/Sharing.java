package engineroom.stores.session;

/// What a work that may share its transaction with works of others tells about itself.
public interface Sharing {
  /// Shares with nobody.
  Sharing NONE =
      new Sharing() {
        @Override
        public void writes() {}

        @Override
        public void holds() {}

        @Override
        public boolean others() {
          return false;
        }
      };

  /// It is about to write what would have to be undone.
  void writes();

  /// It is about to hold, until the end, what others may want too. Throws where it may not.
  void holds();

  /// Whether others wait for the end of the transaction.
  boolean others();
}
