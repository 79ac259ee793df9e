package engineroom.stores.mariadb;

import engineroom.model.FieldType;
import engineroom.stores.adopt.Catalogue.Column;
import engineroom.stores.adopt.Catalogue.Filled;
import engineroom.stores.adopt.Catalogue.Table;
import engineroom.stores.adopt.ColumnWords;
import engineroom.stores.mariadb.brand.Brand;
import engineroom.stores.sql.Sql;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// How columns of somebody else's tables are read and written as those of ours. Texts come in the
/// order of code points, whatever collation they have.
final class MariaColumnWords implements ColumnWords {
  static final Pattern EXACT = Pattern.compile("decimal\\((\\d+),(\\d+)\\)");
  static final Pattern WHOLE =
      Pattern.compile("(tinyint|smallint|mediumint|int|bigint)(\\(\\d+\\))?( unsigned)?");
  static final Pattern TEXT = Pattern.compile("(?:var)?char\\((\\d+)\\)|(?:tiny|medium|long)?text");
  private static final Pattern BYTES =
      Pattern.compile("(?:var)?binary\\(\\d+\\)|(?:tiny|medium|long)?blob");
  static final Pattern MOMENT = Pattern.compile("(?:datetime|timestamp)(?:\\(\\d\\))?");

  private final Brand brand;

  MariaColumnWords(Brand brand) {
    this.brand = brand;
  }

  /// Whether a column of whole numbers has none that 64 bits don't hold.
  static boolean whole(String type) {
    var whole = WHOLE.matcher(type);
    return whole.matches() && !(whole.group(1).equals("bigint") && whole.group(3) != null);
  }

  @Override
  public String table(String name) {
    int point = name.indexOf('.');
    return Sql.name(name.substring(0, point)) + "." + Sql.name(name.substring(point + 1));
  }

  @Override
  public @Nullable Held held(FieldType type, Column column, String name) {
    var kept = column.type();
    return switch (type) {
      case FieldType.Text _ -> TEXT.matcher(kept).matches() ? text(name) : null;
      case FieldType.Choice _ ->
          TEXT.matcher(kept).matches() || !column.values().isEmpty() ? text(name) : null;
      case FieldType.Whole _ -> whole(kept) ? new Held(name, "?") : null;
      case FieldType.Number _ ->
          kept.equals("double") || kept.equals("float")
              ? new Held("CAST(" + name + " AS DOUBLE)", "?")
              : null;
      case FieldType.Decimal(_, var scale, _, _) -> {
        var exact = EXACT.matcher(kept);
        boolean fits = exact.matches() && Integer.parseInt(exact.group(2)) <= scale;
        yield fits ? new Held(name, "?") : null;
      }
      case FieldType.Bytes _ -> BYTES.matcher(kept).matches() ? new Held(name, "?") : null;
      case FieldType.Plain.TIMESTAMP ->
          MOMENT.matcher(kept).matches()
              ? new Held("CAST(" + name + " AS DATETIME(6))", "?")
              : null;
      case FieldType.Plain.DATE -> kept.equals("date") ? new Held(name, "?") : null;
      case FieldType.Plain _,
          FieldType.Json _,
          FieldType.Money _,
          FieldType.ListOf _,
          FieldType.Reference _ ->
          null;
    };
  }

  private Held text(String name) {
    return new Held("CONVERT(" + name + " USING utf8mb4) COLLATE " + brand.collation(), "?");
  }

  @Override
  public String version(List<String> columns) {
    var content =
        columns.stream()
            .map(column -> "IFNULL(HEX(CAST(" + column + " AS BINARY)), '-')")
            .collect(Collectors.joining(", ", "CONCAT_WS(',', ", ")"));
    return "(CAST(CONV(LEFT(" + brand.digest(content) + ", 13), 16, 10) AS SIGNED) + 1)";
  }

  /// Of whole numbers only: texts are no keys here, because their collations make one of two.
  @Override
  public String composed(List<String> parts) {
    return "CONVERT(CONCAT_WS(',', "
        + String.join(", ", parts)
        + ") USING utf8mb4) COLLATE "
        + brand.collation();
  }

  /// The server's counter goes on behind a number that is given.
  @Override
  public @Nullable String next(String table, Table described, Column column) {
    if (column.filled() != Filled.BY_COUNTING) {
      return null;
    }
    int point = described.name().indexOf('.');
    return """
        SELECT GREATEST(IFNULL((SELECT MAX(%s) FROM %s), 0) + 1,
          IFNULL((SELECT AUTO_INCREMENT FROM information_schema.TABLES
            WHERE TABLE_SCHEMA = %s AND TABLE_NAME = %s), 1))"""
        .formatted(
            Sql.name(column.name()),
            table,
            Sql.quoted(described.name().substring(0, point)),
            Sql.quoted(described.name().substring(point + 1)));
  }
}
