package engineroom.stores.copy;

/// Hears how a copy goes, and says whether it goes on following. Implemented by who asks for it.
public interface Watch {
  /// Hears nothing, and ends as soon as the target has what the source has.
  Watch NONE =
      new Watch() {
        @Override
        public void copied(String table, long done, long whole) {}

        @Override
        public void compared(String table, long done, long whole) {}

        @Override
        public void following(long change) {}

        @Override
        public boolean goOn() {
          return false;
        }
      };

  /// So many rows of all tables are there.
  void copied(String table, long done, long whole);

  /// So many rows of both sides were compared.
  void compared(String table, long done, long whole);

  /// The target has every change up to this number.
  void following(long change);

  /// Whether to wait for changes that may come; may take a moment to answer. Asked while a program
  /// serves the source.
  boolean goOn();
}
