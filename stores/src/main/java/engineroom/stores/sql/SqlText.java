package engineroom.stores.sql;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A finished statement: its text with a question mark for each value, and where the values come
/// from, in order.
public record SqlText(String text, List<Bind> binds) {
  public SqlText {
    binds = List.copyOf(binds);
  }

  /// The values for one run.
  public @Nullable Object[] values(Bind.Source source) {
    var values = new @Nullable Object[binds.size()];
    for (var i = 0; i < values.length; i++) {
      values[i] = binds.get(i).value(source);
    }
    return values;
  }
}
