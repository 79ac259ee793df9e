package engineroom.stores.mariadb.brand;

import engineroom.stores.sql.Dialect.Each;
import engineroom.stores.sql.Dialect.Order;
import engineroom.stores.sql.Sql;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// MySQL, and Percona Server, which is one.
record MySqlBrand() implements Brand {
  private static final int VERSION_MIN = 8;
  private static final int VERSION_MIN_MINOR = 4;

  /// Other engines that speak as MySQL does, by what they say of themselves.
  private static final Pattern OTHERS =
      Pattern.compile(
          "(?i)aurora|tidb|vitess|planetscale|oceanbase|singlestore|memsql|heatwave|mariadb");

  private static final Explaining EXPLAINING =
      new Explaining("EXPLAIN FORMAT=TRADITIONAL ", 1, 2, 4, 6, 9, 10, 11);

  /// What may stand in front of a name, and MySQL knows of whole tables only.
  private static final Pattern CONDITION = Pattern.compile("\\bIF (?:NOT )?EXISTS ");

  private static final Pattern CHANGE =
      Pattern.compile("^(?:ALTER TABLE|RENAME TABLE|CREATE (?:UNIQUE )?INDEX) .*");

  /// No such column or key, no such constraint, a name of an index that is there.
  private static final Set<Integer> FORGIVEN = Set.of(1091, 3940, 3821, 1061);

  /// The same, and no such table.
  private static final Set<Integer> FORGIVEN_WITH_TABLE = Set.of(1091, 3940, 3821, 1061, 1146);

  private static final Pattern OF_TABLE = Pattern.compile("^(?:ALTER|RENAME) TABLE IF EXISTS .*");

  private static final Pattern READS = Pattern.compile("^SELECT ");
  private static final Pattern DELETES = Pattern.compile("^DELETE ");
  private static final Pattern CHECK_NAME = Pattern.compile("^CONSTRAINT \"((?:[^\"]|\"\")+)\"");

  private static final int KEY_MAX = 3_072;

  /// Letters of a check's name before what makes it the only one.
  private static final int CHECK_MAX = 55;

  private static final String CHECKS =
      """
      SELECT constraint_name, check_clause FROM information_schema.check_constraints
        JOIN information_schema.table_constraints t USING (constraint_schema, constraint_name)
      WHERE constraint_schema = DATABASE() AND t.table_name = ? AND t.constraint_type = 'CHECK'
      ORDER BY 1""";
  private static final String ALL_CHECKS =
      """
      SELECT CONCAT(t.TABLE_SCHEMA, '.', t.TABLE_NAME), c.CHECK_CLAUSE
      FROM information_schema.CHECK_CONSTRAINTS c
        JOIN information_schema.TABLE_CONSTRAINTS t
          ON t.CONSTRAINT_SCHEMA = c.CONSTRAINT_SCHEMA AND t.CONSTRAINT_NAME = c.CONSTRAINT_NAME
            AND t.CONSTRAINT_TYPE = 'CHECK'
      WHERE t.TABLE_SCHEMA#others""";
  private static final String DURABILITY =
      """
      SELECT 'innodb_doublewrite', LOWER(@@GLOBAL.innodb_doublewrite)
      UNION ALL SELECT 'innodb_flush_log_at_trx_commit', @@GLOBAL.innodb_flush_log_at_trx_commit
      UNION ALL SELECT 'innodb_flush_method', LOWER(@@GLOBAL.innodb_flush_method)
      UNION ALL SELECT 'log_bin', IF(@@GLOBAL.log_bin, 'on', 'off')
      UNION ALL SELECT 'sync_binlog', @@GLOBAL.sync_binlog""";

  @Override
  public String name() {
    return "MySQL";
  }

  @Override
  public String about() {
    return "SHOW VARIABLES WHERE Variable_name IN"
        + " ('aurora_version', 'version', 'version_comment')";
  }

  @Override
  public Optional<Unfit> unfit(Server server) {
    var other = OTHERS.matcher(server.product() + " " + server.version() + " " + server.about());
    if (other.find()) {
      return Optional.of(
          new Unfit(
              "The database is %s (%s), which is not MySQL."
                  .formatted(server.words(), other.group().toLowerCase(Locale.ROOT)),
              server.product().equals("MariaDB")
                  ? "Write store: mariadb:// instead of mysql://."
                  : "Use MySQL 8.4 or newer itself; 9.7 is tested."));
    }
    var recent =
        server.major() > VERSION_MIN
            || (server.major() == VERSION_MIN && server.minor() >= VERSION_MIN_MINOR);
    return server.product().equals("MySQL") && recent
        ? Optional.empty()
        : Optional.of(
            new Unfit(
                "The database is " + server.words() + ".",
                "Use MySQL 8.4 or newer; 9.7 is tested."));
  }

  @Override
  public String collation() {
    return "utf8mb4_0900_bin";
  }

  /// What the catalogue tells is of now.
  @Override
  public String settings() {
    return ", information_schema_stats_expiry = 0";
  }

  /// What others say by `IF EXISTS` is known by the failure.
  @Override
  public Said said(String sql) {
    if (!CHANGE.matcher(sql).matches() || !CONDITION.matcher(sql).find()) {
      return new Said(sql, Set.of());
    }
    var forgiven = OF_TABLE.matcher(sql).matches() ? FORGIVEN_WITH_TABLE : FORGIVEN;
    return new Said(CONDITION.matcher(sql).replaceAll(""), forgiven);
  }

  @Override
  public @Nullable String within(String sql, Duration time) {
    var reads = READS.matcher(sql);
    return reads.find()
        ? reads.replaceFirst("SELECT /*+ MAX_EXECUTION_TIME(" + time.toMillis() + ") */ ")
        : null;
  }

  @Override
  public String unlooked(String delete) {
    return DELETES.matcher(delete).replaceFirst("DELETE /*+ SET_VAR(foreign_key_checks = OFF) */ ");
  }

  /// New versions have no `MD5`.
  @Override
  public String digest(String text) {
    return "LEFT(SHA2(" + text + ", 256), 32)";
  }

  /// Statements behind `FROM` may mention the rows around them.
  @Override
  public Sql array(Each texts, Order order) {
    return Sql.of("(SELECT CONCAT('[', COALESCE(GROUP_CONCAT(a.j ORDER BY a.n SEPARATOR ','), '')")
        .add(", ']') FROM (SELECT ")
        .add(texts.value())
        .add(Sql.of(" AS j, ROW_NUMBER() OVER (ORDER BY ", order.keys(), ") AS n"))
        .add(texts.rows())
        .add(" ORDER BY n LIMIT " + order.limit() + ") AS a)");
  }

  /// Names of checks are the database's, and those of a table beside the one that it replaces are
  /// there at the same time.
  @Override
  public String check(String constraint) {
    var name = CHECK_NAME.matcher(constraint);
    if (!name.find()) {
      throw new IllegalArgumentException("a check without a name: " + constraint);
    }
    var kept = name.group(1).substring(0, Math.min(CHECK_MAX, name.group(1).length()));
    var number = "%08x".formatted(ThreadLocalRandom.current().nextInt());
    return "CONSTRAINT \"" + kept + "~" + number + "\"" + constraint.substring(name.end());
  }

  @Override
  public int keyMax() {
    return KEY_MAX;
  }

  @Override
  public String hashed(String column) {
    return "(UNHEX(SHA2(" + column + ", 256)))";
  }

  @Override
  public String standIn(String name, String columns) {
    return ", ADD INDEX " + name + " (" + columns + ")";
  }

  @Override
  public @Nullable String lastNumber() {
    return "SELECT LAST_INSERT_ID()";
  }

  @Override
  public Explaining explaining() {
    return EXPLAINING;
  }

  @Override
  public String checks() {
    return CHECKS;
  }

  @Override
  public String allChecks() {
    return ALL_CHECKS;
  }

  @Override
  public String indexed() {
    return "COALESCE(column_name, expression)";
  }

  @Override
  public String indexColumn() {
    return "COALESCE(CONCAT('\"', column_name, '\"'), CONCAT('(', expression, ')'))";
  }

  @Override
  public String durability() {
    return DURABILITY;
  }
}
