package engineroom.authorize;

import engineroom.data.Row;
import engineroom.model.Entity;

/// Hears which rules are asked of which rows while an operation is being explained. What is heard
/// decides nothing.
public interface Witness {
  /// Bound on the thread that carries out an operation which is to be explained.
  ScopedValue<Witness> HEARING = ScopedValue.newInstance();

  /// One question and its answer, within the transaction in which the row is as it was asked.
  void heard(Question question);

  /// What is asked of rows.
  enum Kind {
    READ,
    CREATE,
    UPDATE,
    DELETE,
    /// May this field be written in this row?
    FIELD,
    /// Is there a row that the caller may see behind this reference?
    REFERENCE,
    CHECK
  }

  /// A rule held against a row.
  ///
  /// @param name of the field or check; empty for the rules of an entity
  /// @param row of a reference the row that refers
  /// @param old the row before; the row itself where none was written
  record Question(Kind kind, Entity entity, String name, Row row, Row old, boolean holds) {}

  /// Tells whoever listens, and gives the answer on.
  static boolean told(Question question) {
    if (HEARING.isBound()) {
      HEARING.get().heard(question);
    }
    return question.holds();
  }
}
