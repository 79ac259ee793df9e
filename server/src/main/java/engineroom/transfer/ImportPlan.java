package engineroom.transfer;

import engineroom.model.Entity;
import engineroom.operation.Operation.OnConflict;
import java.util.List;
import java.util.Set;

/// What is to be done with the lines of a file.
///
/// @param file its name, for the list of imports
/// @param by the key that rows are found by; empty where every line is a new row
/// @param onConflict what becomes of a row that is there
public record ImportPlan(
    Entity entity, String file, Layout layout, List<String> by, OnConflict onConflict, Mode mode) {
  public ImportPlan {
    by = List.copyOf(by);
  }

  /// How the file is to be read.
  ///
  /// @param delimiter between cells of CSV; 0 for the one that the first line has most of
  public record Layout(Format format, char delimiter, Mapping mapping) {}

  /// What is kept.
  public enum Mode {
    /// Every line for itself, some hundred to a transaction.
    LINES,
    /// All lines or none, in one transaction.
    ATOMIC,
    /// Nothing: it is only tried.
    TRIAL
  }

  /// What the caller of an import may name.
  public interface Sight {
    /// The fields and lists of an entity that may be read.
    Set<String> names(String entity);

    /// The fields of an entity that may be given values.
    Set<String> writable(String entity);
  }
}
