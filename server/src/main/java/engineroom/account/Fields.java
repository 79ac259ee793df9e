package engineroom.account;

import engineroom.data.Row;
import engineroom.data.Value;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Fields of built-in rows, whose types are known.
public final class Fields {
  private Fields() {}

  /// A text; empty where the row has none.
  public static String text(Row row, String field) {
    return row.value(field) instanceof Value.Text(var text) ? text : "";
  }

  public static boolean yes(Row row, String field) {
    return row.value(field) instanceof Value.Bool(var truth) && truth;
  }

  static long number(Row row, String field) {
    return row.value(field) instanceof Value.Integer(var number) ? number : 0;
  }

  /// A moment; null where the row has none.
  public static @Nullable Instant find(Row row, String field) {
    return row.value(field) instanceof Value.Timestamp(var instant) ? instant : null;
  }

  /// A moment that every row has.
  public static Instant moment(Row row, String field) {
    if (row.value(field) instanceof Value.Timestamp(var instant)) {
      return instant;
    }
    throw new IllegalStateException(field + " is required");
  }

  static List<String> texts(Row row, String field) {
    return row.value(field) instanceof Value.ListOf(var elements)
        ? elements.stream().map(e -> e instanceof Value.Text(var text) ? text : "").toList()
        : List.of();
  }

  static UUID uuid(Value id) {
    if (id instanceof Value.Uuid(var uuid)) {
      return uuid;
    }
    throw new IllegalStateException("the ids of accounts are UUIDs");
  }
}
