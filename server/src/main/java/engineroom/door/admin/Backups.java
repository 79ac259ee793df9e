package engineroom.door.admin;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The backups of the app, as administrators ask for them.
public interface Backups {
  /// Makes one and proves it by restoring it.
  One make();

  /// What there is.
  All all();

  /// A backup that was proved.
  ///
  /// @param name of its file
  /// @param sequence of the last change that is in it
  /// @param rows of all tables
  record One(String name, Instant time, long sequence, long rows, long bytes) {}

  /// Every backup, what is wrong with other files, and how the schedule goes.
  ///
  /// @param backups the newest first
  /// @param failed one sentence for each file that is no good
  /// @param next when the next one is due; null where none is
  /// @param last how the last one that was due went; null before the first
  record All(List<One> backups, List<String> failed, @Nullable Instant next, @Nullable Last last) {
    public All {
      backups = List.copyOf(backups);
      failed = List.copyOf(failed);
    }
  }

  /// How a scheduled backup went.
  record Last(Instant time, boolean proved, String text) {}
}
