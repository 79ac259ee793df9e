package engineroom.operation;

import java.util.Set;

/// The most that a credential is good for, whatever the rules allow to who holds it.
public sealed interface Ceiling {
  /// Whether entities may be read.
  boolean reads(String entity);

  /// Whether rows may be made, changed and deleted.
  boolean writes(String entity);

  /// As much as the rules allow.
  enum Open implements Ceiling {
    OPEN;

    @Override
    public boolean reads(String entity) {
      return true;
    }

    @Override
    public boolean writes(String entity) {
      return true;
    }
  }

  /// These entities, by name, and no others.
  record Only(Set<String> read, Set<String> written) implements Ceiling {
    public Only {
      read = Set.copyOf(read);
      written = Set.copyOf(written);
    }

    @Override
    public boolean reads(String entity) {
      return read.contains(entity);
    }

    @Override
    public boolean writes(String entity) {
      return written.contains(entity);
    }
  }
}
