package engineroom.modelfile;

import com.google.re2j.Pattern;
import engineroom.modelfile.Settings.BackupTimes;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;

/// Reads `settings.backups`.
final class BackupTimesReader {
  private static final Pattern LENGTH = Pattern.compile("^([0-9]{1,6})([mhd])$");

  private final Section settings;
  private final Mistakes mistakes;

  BackupTimesReader(Section settings, Mistakes mistakes) {
    this.settings = settings;
    this.mistakes = mistakes;
  }

  /// The times; null for `off`.
  @Nullable BackupTimes read() {
    var part = settings.find("backups").orElse(null);
    if (part == null) {
      return BackupTimes.defaults();
    }
    if (part instanceof Part.Scalar(var word, _, _, _)
        && (word.equals("off") || word.equals("false"))) {
      return null;
    }
    if (part instanceof Part.Scalar scalar) {
      mistakes.add(
          scalar.place(),
          "settings.backups can't be " + scalar.text() + ".",
          "Write off, or { every: 1d, at: \"03:00\", keep: 7 }.");
      return null;
    }
    var section = Section.of("settings.backups", part, Options.names(Options.BACKUPS), mistakes);
    return new BackupTimes(every(section), at(section), keep(section));
  }

  private Duration every(Section section) {
    var usual = BackupTimes.defaults().every();
    var text = section.text("every");
    if (text == null) {
      return usual;
    }
    var length = LENGTH.matcher(text);
    if (!length.matches()) {
      mistakes.add(
          section.place("every"),
          "settings.backups: every can't be " + text + ".",
          "Write minutes, hours or days: 30m, 6h, 1d.");
      return usual;
    }
    var every = length(Long.parseLong(length.group(1)), length.group(2));
    if (every.compareTo(BackupTimes.EVERY_MIN) < 0 || every.compareTo(BackupTimes.EVERY_MAX) > 0) {
      mistakes.add(section.place("every"), "settings.backups: every must be 1m to 366d.", null);
      return usual;
    }
    return every;
  }

  private static Duration length(long count, String unit) {
    return switch (unit) {
      case "m" -> Duration.ofMinutes(count);
      case "h" -> Duration.ofHours(count);
      default -> Duration.ofDays(count); // the pattern has no other unit than d
    };
  }

  private LocalTime at(Section section) {
    var usual = BackupTimes.defaults().at();
    var text = section.text("at");
    if (text == null) {
      return usual;
    }
    try {
      return LocalTime.parse(text);
    } catch (DateTimeException _) {
      mistakes.add(
          section.place("at"),
          "settings.backups: at can't be " + text + ".",
          "Write a time of day in UTC, in quotes: \"03:00\".");
      return usual;
    }
  }

  private int keep(Section section) {
    var usual = BackupTimes.defaults().keep();
    var keep = section.count("keep");
    if (keep == null) {
      return usual;
    }
    if (keep < 1 || keep > BackupTimes.KEEP_MAX) {
      mistakes.add(
          section.place("keep"),
          "settings.backups: keep must be 1 to " + BackupTimes.KEEP_MAX + ".",
          "Write backups: off to have none made.");
      return usual;
    }
    return keep;
  }
}
