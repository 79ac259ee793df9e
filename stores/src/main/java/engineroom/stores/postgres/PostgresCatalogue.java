package engineroom.stores.postgres;

import engineroom.stores.adopt.Catalogue;
import engineroom.stores.adopt.Catalogue.Column;
import engineroom.stores.adopt.Catalogue.Filled;
import engineroom.stores.adopt.Catalogue.ForeignKey;
import engineroom.stores.adopt.Catalogue.Indexes;
import engineroom.stores.adopt.Catalogue.Kind;
import engineroom.stores.adopt.Catalogue.Required;
import engineroom.stores.adopt.Catalogue.Table;
import engineroom.stores.migrate.SqlSession;
import engineroom.stores.migrate.SqlSession.Rows;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads what tables of somebody else's a database has: those of all schemas but the program's own.
final class PostgresCatalogue {
  private static final String TABLES =
      """
      SELECT n.nspname || '.' || c.relname, c.relkind::text, obj_description(c.oid, 'pg_class')
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition
        AND n.nspname !~ '^(pg_|information_schema$|engineroom)'
        AND n.nspname <> coalesce(current_schema(), '')
        AND position('.' in c.relname) = 0 AND position('.' in n.nspname) = 0
        AND has_table_privilege(c.oid, 'SELECT')
      ORDER BY n.nspname, c.relname""";

  private static final String COLUMNS =
      """
      SELECT n.nspname || '.' || c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
        CASE WHEN a.attnotnull THEN 'yes' ELSE 'no' END,
        CASE WHEN a.attgenerated <> '' THEN 'expression'
          WHEN a.attidentity <> '' OR pg_get_expr(d.adbin, d.adrelid) LIKE 'nextval(%'
            THEN 'counting'
          WHEN a.atthasdef THEN 'default' ELSE '' END,
        pg_get_expr(d.adbin, d.adrelid), col_description(c.oid, a.attnum),
        (SELECT string_agg(e.enumlabel, E'\\n' ORDER BY e.enumsortorder)
          FROM pg_enum e WHERE e.enumtypid = a.atttypid)
      FROM pg_attribute a
        JOIN pg_class c ON c.oid = a.attrelid
        JOIN pg_namespace n ON n.oid = c.relnamespace
        LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
      WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
        AND n.nspname !~ '^(pg_|information_schema$|engineroom)'
      ORDER BY a.attrelid, a.attnum""";

  private static final String CONSTRAINTS =
      """
      SELECT n.nspname || '.' || c.relname, k.contype::text,
        (SELECT string_agg(a.attname, E'\\n' ORDER BY u.place)
          FROM unnest(k.conkey) WITH ORDINALITY u (number, place)
            JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.number),
        coalesce((SELECT tn.nspname || '.' || t.relname
          FROM pg_class t JOIN pg_namespace tn ON tn.oid = t.relnamespace
          WHERE t.oid = k.confrelid), ''),
        coalesce((SELECT string_agg(a.attname, E'\\n' ORDER BY u.place)
          FROM unnest(k.confkey) WITH ORDINALITY u (number, place)
            JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = u.number), ''),
        k.confdeltype::text, pg_get_constraintdef(k.oid)
      FROM pg_constraint k
        JOIN pg_class c ON c.oid = k.conrelid
        JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE k.contype IN ('p', 'u', 'f', 'c')
        AND n.nspname !~ '^(pg_|information_schema$|engineroom)'
      ORDER BY k.conname""";

  private static final String INDEXES =
      """
      SELECT n.nspname || '.' || c.relname, CASE WHEN i.indisunique THEN 'u' ELSE 'i' END,
        (SELECT string_agg(a.attname, E'\\n' ORDER BY u.place)
          FROM unnest(i.indkey::int2[]) WITH ORDINALITY u (number, place)
            JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = u.number
          WHERE u.place <= i.indnkeyatts)
      FROM pg_index i
        JOIN pg_class c ON c.oid = i.indrelid
        JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE i.indpred IS NULL AND i.indexprs IS NULL AND i.indisvalid
        AND n.nspname !~ '^(pg_|information_schema$|engineroom)'
        AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = i.indexrelid
          AND k.contype IN ('p', 'u'))
      ORDER BY i.indexrelid""";

  private final SqlSession session;

  private PostgresCatalogue(SqlSession session) {
    this.session = session;
  }

  static Catalogue read(SqlSession session) {
    return new PostgresCatalogue(session).read();
  }

  /// A constraint or an index, as the database tells it.
  private record Rule(
      String table,
      String kind,
      List<String> columns,
      String target,
      List<String> others,
      String onDelete,
      String words) {}

  private Catalogue read() {
    var columns = byTable(COLUMNS, PostgresCatalogue::column);
    var rules = byTable(CONSTRAINTS, PostgresCatalogue::rule);
    var indexes =
        byTable(
            INDEXES,
            rows -> new Rule(rows.text(0), rows.text(1), lines(rows, 2), "", List.of(), "", ""));
    var tables = new ArrayList<Table>();
    try (var rows = session.rows(TABLES)) {
      while (rows.next()) {
        var name = rows.text(0);
        var own = rules.getOrDefault(name, List.of());
        tables.add(
            new Table(
                name,
                rows.text(1).equals("r") || rows.text(1).equals("p") ? Kind.TABLE : Kind.VIEW,
                columns.getOrDefault(name, List.of()),
                of(own, "p").stream().findFirst().orElse(List.of()),
                foreignKeys(own),
                indexes(own, indexes.getOrDefault(name, List.of())),
                checks(own),
                text(rows, 2)));
      }
    }
    return new Catalogue(tables);
  }

  private <T> Map<String, List<T>> byTable(String sql, Function<Rows, T> each) {
    var found = new LinkedHashMap<String, List<T>>();
    try (var rows = session.rows(sql)) {
      while (rows.next()) {
        found.computeIfAbsent(rows.text(0), _ -> new ArrayList<>()).add(each.apply(rows));
      }
    }
    return found;
  }

  private static @Nullable String text(Rows rows, int column) {
    return rows.isNull(column) ? null : rows.text(column);
  }

  private static List<String> lines(Rows rows, int column) {
    return rows.isNull(column) || rows.text(column).isEmpty()
        ? List.of()
        : List.of(rows.text(column).split("\n", -1));
  }

  private static Column column(Rows rows) {
    var filled =
        switch (rows.text(4)) {
          case "expression" -> Filled.BY_EXPRESSION;
          case "counting" -> Filled.BY_COUNTING;
          case "default" -> Filled.BY_DEFAULT;
          default -> Filled.NOT;
        };
    return new Column(
        rows.text(1),
        rows.text(2),
        rows.text(3).equals("yes") ? Required.YES : Required.NO,
        filled,
        text(rows, 5),
        lines(rows, 7),
        text(rows, 6));
  }

  private static Rule rule(Rows rows) {
    return new Rule(
        rows.text(0),
        rows.text(1),
        lines(rows, 2),
        rows.text(3),
        lines(rows, 4),
        rows.text(5),
        rows.text(6));
  }

  private static List<List<String>> of(List<Rule> rules, String kind) {
    return rules.stream().filter(rule -> rule.kind().equals(kind)).map(Rule::columns).toList();
  }

  private static List<ForeignKey> foreignKeys(List<Rule> rules) {
    return rules.stream()
        .filter(rule -> rule.kind().equals("f"))
        .map(
            rule ->
                new ForeignKey(
                    rule.columns(), rule.target(), rule.others(), onDelete(rule.onDelete())))
        .toList();
  }

  private static String onDelete(String letter) {
    return switch (letter) {
      case "c" -> "cascade";
      case "n" -> "clear";
      default -> "restrict";
    };
  }

  private static List<String> checks(List<Rule> rules) {
    return rules.stream()
        .filter(rule -> rule.kind().equals("c"))
        .map(rule -> rule.words().replaceFirst("^CHECK ", ""))
        .toList();
  }

  private static Indexes indexes(List<Rule> rules, List<Rule> indexes) {
    var uniques = new ArrayList<>(of(rules, "u"));
    uniques.addAll(of(indexes, "u"));
    return new Indexes(uniques, of(indexes, "i"));
  }
}
