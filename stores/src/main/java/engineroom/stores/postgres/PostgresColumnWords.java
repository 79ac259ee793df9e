package engineroom.stores.postgres;

import engineroom.model.FieldType;
import engineroom.stores.adopt.Catalogue.Column;
import engineroom.stores.adopt.Catalogue.Filled;
import engineroom.stores.adopt.Catalogue.Table;
import engineroom.stores.adopt.ColumnWords;
import engineroom.stores.sql.Sql;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// How columns of somebody else's tables are read and written as those of ours. Texts come in the
/// order of code points, whatever order the database has.
final class PostgresColumnWords implements ColumnWords {
  static final Pattern EXACT = Pattern.compile("numeric\\((\\d+),(\\d+)\\)");
  private static final Set<String> WHOLE = Set.of("smallint", "integer", "bigint");
  private static final Pattern TEXT =
      Pattern.compile("text|character varying(\\(\\d+\\))?|character(\\(\\d+\\))?");

  @Override
  public String table(String name) {
    int point = name.indexOf('.');
    return Sql.name(name.substring(0, point)) + "." + Sql.name(name.substring(point + 1));
  }

  @Override
  public @Nullable Held held(FieldType type, Column column, String name) {
    var kept = column.type();
    return switch (type) {
      case FieldType.Text _ -> TEXT.matcher(kept).matches() ? text(name, "?") : null;
      case FieldType.Choice _ -> choice(column, name);
      case FieldType.Whole _ -> WHOLE.contains(kept) ? new Held(name, "?") : null;
      case FieldType.Number _ -> number(kept, name);
      case FieldType.Decimal(_, var scale, _, _) -> decimal(kept, scale, name);
      case FieldType.Json _ ->
          kept.equals("jsonb") || kept.equals("json")
              ? new Held(name + "::text", "CAST(? AS " + kept + ")")
              : null;
      case FieldType.Bytes _ -> kept.equals("bytea") ? new Held(name, "?") : null;
      case FieldType.Plain plain -> plain(plain, kept, name);
      case FieldType.Money _, FieldType.ListOf _, FieldType.Reference _ -> null;
    };
  }

  private static Held text(String name, String write) {
    return new Held(name + "::text COLLATE \"C\"", write);
  }

  private static @Nullable Held choice(Column column, String name) {
    if (!column.values().isEmpty()) {
      return text(name, "CAST(? AS " + column.type() + ")");
    }
    return TEXT.matcher(column.type()).matches() ? text(name, "?") : null;
  }

  private static @Nullable Held number(String kept, String name) {
    return switch (kept) {
      case "double precision" -> new Held(name, "?");
      case "real" -> new Held(name + "::double precision", "?");
      default -> null;
    };
  }

  private static @Nullable Held decimal(String kept, int scale, String name) {
    var exact = EXACT.matcher(kept);
    return exact.matches() && Integer.parseInt(exact.group(2)) <= scale
        ? new Held(name, "?")
        : null;
  }

  private static @Nullable Held plain(FieldType.Plain type, String kept, String name) {
    return switch (type) {
      case BOOLEAN -> kept.equals("boolean") ? new Held(name, "?") : null;
      case DATE -> kept.equals("date") ? new Held(name, "?") : null;
      case UUID -> kept.equals("uuid") ? new Held(name, "?") : null;
      case TIME ->
          kept.startsWith("time")
                  && kept.endsWith("without time zone")
                  && !kept.startsWith("timestamp")
              ? new Held(name, "?")
              : null;
      case TIMESTAMP -> timestamp(kept, name);
      case DURATION, POINT, SECRET -> null;
    };
  }

  /// A time without a zone is taken for UTC.
  private static @Nullable Held timestamp(String kept, String name) {
    if (!kept.startsWith("timestamp")) {
      return null;
    }
    return kept.endsWith("with time zone")
        ? new Held(name, "?")
        : new Held(
            "(" + name + " AT TIME ZONE 'UTC')", "(CAST(? AS timestamptz) AT TIME ZONE 'UTC')");
  }

  @Override
  public String version(List<String> columns) {
    return "(('x' || left(md5(ROW(%s)::text), 13))::bit(52)::bigint + 1)"
        .formatted(String.join(", ", columns));
  }

  @Override
  public String composed(List<String> parts) {
    return parts.stream()
        .map(part -> "replace(replace((" + part + ")::text, '~', '~0'), ',', '~1')")
        .collect(Collectors.joining(" || ',' || ", "(", ") COLLATE \"C\""));
  }

  @Override
  public @Nullable String next(String table, Table described, Column column) {
    if (column.filled() != Filled.BY_COUNTING) {
      return null;
    }
    return column.initial() != null
        ? "SELECT " + column.initial()
        : "SELECT nextval(pg_get_serial_sequence(%s, %s))"
            .formatted(Sql.quoted(table), Sql.quoted(column.name()));
  }
}
