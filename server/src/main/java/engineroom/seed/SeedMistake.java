package engineroom.seed;

import org.jspecify.annotations.Nullable;

/// One mistake in a seed file.
///
/// @param file its name within the folder
/// @param line from 1; of a row that spans lines, the first
/// @param field the column or member, or null where the row itself is wrong
/// @param message continues the field's name: `is not a date`
public record SeedMistake(String file, long line, @Nullable String field, String message) {
  /// `seed/product.csv:17: price must be an integer`.
  @Override
  public String toString() {
    return file + ":" + line + ": " + (field == null ? "" : field + " ") + message;
  }
}
