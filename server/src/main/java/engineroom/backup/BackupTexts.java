package engineroom.backup;

import engineroom.door.admin.Backups;
import engineroom.stores.sqlite.backup.Restore.Restored;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What is told of backups on the command line.
final class BackupTexts {
  private static final double KIB = 1024;

  private BackupTexts() {}

  static List<String> made(Backups.One made, Path folder) {
    return List.of(
        "Made %s: %,d rows, changes up to %d, %s."
            .formatted(
                folder.resolve(made.name()), made.rows(), made.sequence(), size(made.bytes())),
        "Proved: it was restored into a scratch place, and every row compared.");
  }

  static List<String> all(Backups.All all) {
    var lines = new ArrayList<String>();
    for (var one : all.backups()) {
      lines.add(
          "%s  %s  %,d rows, changes up to %d, %s"
              .formatted(one.name(), one.time(), one.rows(), one.sequence(), size(one.bytes())));
    }
    all.failed().forEach(failed -> lines.add("NOT GOOD: " + failed));
    return lines.isEmpty() ? List.of("There is no backup yet.") : lines;
  }

  static String size(long bytes) {
    return bytes < KIB * KIB
        ? String.format(Locale.ROOT, "%.1f KiB", bytes / KIB)
        : String.format(Locale.ROOT, "%.1f MiB", bytes / KIB / KIB);
  }

  static List<String> restored(Restored restored, Path target) {
    var lines = new ArrayList<String>();
    lines.add(
        "Restored "
            + target
            + " from "
            + restored.source()
            + ", with changes up to "
            + restored.sequence()
            + ".");
    var aside = restored.aside();
    lines.add(
        aside == null
            ? "No database was there before."
            : "The former database is kept in " + aside + ".");
    return lines;
  }
}
