package {{package}}.client;

import java.io.FileNotFoundException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * A file of rows, however it comes.
 *
 * @param type of what it holds: `text/csv`
 * @param name what it is called; null where that is not known
 * @param content its bytes, read as they are sent
 */
public record FileOfRows(String type, String name, Supplier<BodyPublisher> content) {
  /** Rows with commas, semicolons or tabs between their values. */
  public static final String CSV = "text/csv";

  /** A JSON object on each line. */
  public static final String LINES = "application/x-ndjson";

  /** A JSON array of objects. */
  public static final String JSON = "application/json";

  public FileOfRows {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(content, "content");
  }

  /** What a text holds. */
  public static FileOfRows of(String type, String text) {
    return new FileOfRows(type, null, () -> BodyPublishers.ofString(text));
  }

  /** What comes, piece by piece. */
  public static FileOfRows of(String type, Supplier<InputStream> stream) {
    return new FileOfRows(type, null, () -> BodyPublishers.ofInputStream(stream));
  }

  /** A file, whose ending tells what it holds: `.csv`, `.ndjson` or `.json`. */
  public static FileOfRows of(Path file) {
    var name = file.getFileName().toString();
    return new FileOfRows(type(name.toLowerCase(Locale.ROOT)), name, () -> content(file));
  }

  private static BodyPublisher content(Path file) {
    try {
      return BodyPublishers.ofFile(file);
    } catch (FileNotFoundException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String type(String name) {
    if (name.endsWith(".csv") || name.endsWith(".tsv")) {
      return CSV;
    }
    if (name.endsWith(".ndjson") || name.endsWith(".jsonl")) {
      return LINES;
    }
    if (name.endsWith(".json")) {
      return JSON;
    }
    throw new IllegalArgumentException(
        name + " may hold anything. Say what: FileOfRows.of(FileOfRows.CSV, …).");
  }
}
