package engineroom.app;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the commands about backups ask of the program. Each gives lines to print.
public interface BackupWork {
  /// An app and where it keeps its data.
  ///
  /// @param data null for `data` in the project
  record Project(Path folder, @Nullable Path data) {}

  /// Makes a backup and proves it; the program that serves the app does so, where one runs.
  List<String> make(Project project);

  /// What there is.
  List<String> list(Project project);

  /// Reads every byte of a backup against its checksums.
  List<String> verify(Path file);

  /// Restores a backup into a scratch place and compares every row.
  List<String> prove(Path file);

  /// Puts a database into the app's place.
  List<String> restore(Project project, Restoring restoring);

  /// What to restore.
  ///
  /// @param file null to have it found, by the moment
  /// @param into another data folder; null for the app's own
  /// @param at the moment; null for another way to say it
  /// @param sequence of the last change; null for another way to say it
  record Restoring(
      @Nullable Path file, @Nullable Path into, @Nullable Instant at, @Nullable Long sequence) {}
}
