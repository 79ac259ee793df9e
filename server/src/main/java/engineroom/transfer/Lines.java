package engineroom.transfer;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The rows of a file, one after the other.
interface Lines {
  /// The next one; null at the end.
  ///
  /// @throws BadFile where no line behind this place can be read
  @Nullable Line next() throws IOException;

  /// The names in the header line; empty for files that have none.
  List<String> header();
}
