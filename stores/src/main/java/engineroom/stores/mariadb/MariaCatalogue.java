package engineroom.stores.mariadb;

import engineroom.stores.adopt.Catalogue;
import engineroom.stores.adopt.Catalogue.Column;
import engineroom.stores.adopt.Catalogue.Filled;
import engineroom.stores.adopt.Catalogue.ForeignKey;
import engineroom.stores.adopt.Catalogue.Indexes;
import engineroom.stores.adopt.Catalogue.Kind;
import engineroom.stores.adopt.Catalogue.Required;
import engineroom.stores.adopt.Catalogue.Table;
import engineroom.stores.mariadb.brand.Brand;
import engineroom.stores.migrate.SqlSession;
import engineroom.stores.migrate.SqlSession.Rows;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/// Reads what tables of somebody else's a server has: those of all databases but the program's own.
final class MariaCatalogue {
  private static final String OTHERS =
      " NOT IN ('mysql', 'information_schema', 'performance_schema', 'sys')";

  private static final String TABLES =
      """
      SELECT CONCAT(TABLE_SCHEMA, '.', TABLE_NAME), TABLE_TYPE, TABLE_COMMENT
      FROM information_schema.TABLES
      WHERE TABLE_SCHEMA#others AND TABLE_NAME NOT LIKE '%.%'
      ORDER BY TABLE_SCHEMA, TABLE_NAME""";

  private static final String COLUMNS =
      """
      SELECT CONCAT(TABLE_SCHEMA, '.', TABLE_NAME), COLUMN_NAME, COLUMN_TYPE, IS_NULLABLE, EXTRA,
        COLUMN_DEFAULT, COLUMN_COMMENT
      FROM information_schema.COLUMNS
      WHERE TABLE_SCHEMA#others ORDER BY TABLE_SCHEMA, TABLE_NAME, ORDINAL_POSITION""";

  private static final String INDEXES =
      """
      SELECT CONCAT(TABLE_SCHEMA, '.', TABLE_NAME), INDEX_NAME, NON_UNIQUE, COLUMN_NAME,
        SUB_PART, INDEX_TYPE
      FROM information_schema.STATISTICS
      WHERE TABLE_SCHEMA#others ORDER BY TABLE_SCHEMA, TABLE_NAME, INDEX_NAME, SEQ_IN_INDEX""";

  private static final String REFERENCES =
      """
      SELECT CONCAT(k.TABLE_SCHEMA, '.', k.TABLE_NAME), k.CONSTRAINT_NAME, k.COLUMN_NAME,
        CONCAT(k.REFERENCED_TABLE_SCHEMA, '.', k.REFERENCED_TABLE_NAME), k.REFERENCED_COLUMN_NAME,
        r.DELETE_RULE
      FROM information_schema.KEY_COLUMN_USAGE k
        JOIN information_schema.REFERENTIAL_CONSTRAINTS r
          ON r.CONSTRAINT_SCHEMA = k.CONSTRAINT_SCHEMA AND r.CONSTRAINT_NAME = k.CONSTRAINT_NAME
            AND r.TABLE_NAME = k.TABLE_NAME
      WHERE k.TABLE_SCHEMA#others AND k.REFERENCED_TABLE_NAME IS NOT NULL
      ORDER BY 1, 2, k.ORDINAL_POSITION""";

  private static final Pattern CHOICE = Pattern.compile("'((?:[^']|'')*)'");

  private final SqlSession session;

  private MariaCatalogue(SqlSession session) {
    this.session = session;
  }

  /// The tables of all databases but that of the session.
  static Catalogue read(SqlSession session) {
    return new MariaCatalogue(session).read("<> DATABASE()");
  }

  /// The tables of the session's database.
  static Catalogue readOwn(SqlSession session) {
    return new MariaCatalogue(session).read("= DATABASE()");
  }

  /// A column of an index or of a foreign key.
  private record Part(
      String table, String name, String column, String target, String other, String kind) {}

  private Catalogue read(String which) {
    var where = " " + which;
    var columns = byTable(COLUMNS, where, MariaCatalogue::column);
    var indexes = byTable(INDEXES, where, MariaCatalogue::index);
    var links = byTable(REFERENCES, where, MariaCatalogue::link);
    var checks = byTable(Brand.of(session).allChecks(), where, rows -> rows.text(1));
    var tables = new ArrayList<Table>();
    try (var rows = session.rows(sql(TABLES, where))) {
      while (rows.next()) {
        var name = rows.text(0);
        var own = grouped(indexes.getOrDefault(name, List.of()));
        tables.add(
            new Table(
                name,
                rows.text(1).equals("BASE TABLE") ? Kind.TABLE : Kind.VIEW,
                columns.getOrDefault(name, List.of()),
                columns(own.getOrDefault("PRIMARY", List.of())),
                foreignKeys(grouped(links.getOrDefault(name, List.of()))),
                indexes(own),
                checks.getOrDefault(name, List.of()),
                rows.isNull(2) || rows.text(2).isEmpty() || rows.text(2).equals("VIEW")
                    ? null
                    : rows.text(2)));
      }
    }
    return new Catalogue(tables);
  }

  private static String sql(String sql, String where) {
    return sql.replaceAll("(\\S+)#others", "$1" + OTHERS + " AND $1" + where);
  }

  private <T> Map<String, List<T>> byTable(String sql, String where, Function<Rows, T> each) {
    var found = new LinkedHashMap<String, List<T>>();
    try (var rows = session.rows(sql(sql, where))) {
      while (rows.next()) {
        found.computeIfAbsent(rows.text(0), _ -> new ArrayList<>()).add(each.apply(rows));
      }
    }
    return found;
  }

  private static Column column(Rows rows) {
    var extra = rows.text(4);
    boolean none = rows.isNull(5) || rows.text(5).equals("NULL");
    var filled =
        extra.contains(" GENERATED")
            ? Filled.BY_EXPRESSION
            : extra.contains("auto_increment")
                ? Filled.BY_COUNTING
                : none ? Filled.NOT : Filled.BY_DEFAULT;
    var type = rows.text(2);
    return new Column(
        rows.text(1),
        type,
        rows.text(3).equals("YES") ? Required.NO : Required.YES,
        filled,
        none ? null : rows.text(5),
        type.startsWith("enum(") ? choices(type) : List.of(),
        rows.text(6).isEmpty() ? null : rows.text(6));
  }

  private static List<String> choices(String type) {
    return CHOICE.matcher(type).results().map(match -> match.group(1).replace("''", "'")).toList();
  }

  /// A part of a value, or of words, or what is worked out is no column.
  private static Part index(Rows rows) {
    boolean whole = rows.isNull(4) && rows.text(5).equals("BTREE") && !rows.isNull(3);
    var kind = whole ? (rows.number(2) == 0 ? "unique" : "index") : "";
    return new Part(rows.text(0), rows.text(1), rows.text(3), "", "", kind);
  }

  private static Part link(Rows rows) {
    return new Part(
        rows.text(0), rows.text(1), rows.text(2), rows.text(3), rows.text(4), rows.text(5));
  }

  private static Map<String, List<Part>> grouped(List<Part> parts) {
    var grouped = new LinkedHashMap<String, List<Part>>();
    parts.forEach(part -> grouped.computeIfAbsent(part.name(), _ -> new ArrayList<>()).add(part));
    return grouped;
  }

  private static List<String> columns(List<Part> parts) {
    return parts.stream().map(Part::column).toList();
  }

  private static List<ForeignKey> foreignKeys(Map<String, List<Part>> links) {
    return links.values().stream()
        .map(
            parts ->
                new ForeignKey(
                    columns(parts),
                    parts.getFirst().target(),
                    parts.stream().map(Part::other).toList(),
                    onDelete(parts.getFirst().kind())))
        .toList();
  }

  private static String onDelete(String rule) {
    return switch (rule) {
      case "CASCADE" -> "cascade";
      case "SET NULL" -> "clear";
      default -> "restrict";
    };
  }

  private static Indexes indexes(Map<String, List<Part>> indexes) {
    var uniques = new ArrayList<List<String>>();
    var plain = new ArrayList<List<String>>();
    indexes.forEach(
        (name, parts) -> {
          if (parts.stream().noneMatch(part -> part.kind().isEmpty()) && !name.equals("PRIMARY")) {
            (parts.getFirst().kind().equals("unique") ? uniques : plain).add(columns(parts));
          }
        });
    return new Indexes(uniques, plain);
  }
}
