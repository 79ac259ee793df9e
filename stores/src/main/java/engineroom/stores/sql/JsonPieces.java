package engineroom.stores.sql;

import java.util.ArrayList;
import java.util.List;

/// The texts and values that a JSON text is joined from; neighbouring texts become one.
final class JsonPieces {
  /// `concat` takes no more arguments than this.
  private static final int ARGUMENTS_MAX = 100;

  private final List<Sql> pieces = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();

  void text(String json) {
    text.append(json);
  }

  void value(Sql sql) {
    flush();
    pieces.add(sql);
  }

  private void flush() {
    if (!text.isEmpty()) {
      pieces.add(Sql.of(Sql.quoted(text.toString())));
      text.setLength(0);
    }
  }

  Sql concat() {
    flush();
    var all = pieces;
    while (all.size() > ARGUMENTS_MAX) {
      var fewer = new ArrayList<Sql>();
      for (var i = 0; i < all.size(); i += ARGUMENTS_MAX) {
        fewer.add(concat(all.subList(i, Math.min(all.size(), i + ARGUMENTS_MAX))));
      }
      all = fewer;
    }
    return concat(all);
  }

  private static Sql concat(List<Sql> pieces) {
    return Sql.of("concat(", Sql.joined(", ", pieces), ")");
  }
}
