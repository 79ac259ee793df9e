package engineroom.stores;

/// What one process does at a time, of all that serve a database. Asked before each time it is to
/// be done: a process that stopped or lost the database has lost the duty too, and another takes it
/// over.
///
/// A process may do its last time while the next one begins, so what must not be done twice says so
/// in the rows that it changes.
public interface Duty {
  /// Where one process alone has the database open.
  Duty ALWAYS =
      new Duty() {
        @Override
        public boolean ours() {
          return true;
        }

        @Override
        public void leave() {}
      };

  /// Whether it is this process's to do now.
  boolean ours();

  /// Leaves it to others until it is asked again.
  void leave();
}
