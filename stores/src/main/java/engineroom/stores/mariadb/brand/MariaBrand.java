package engineroom.stores.mariadb.brand;

import engineroom.stores.sql.Dialect.Each;
import engineroom.stores.sql.Dialect.Order;
import engineroom.stores.sql.Sql;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// MariaDB.
record MariaBrand() implements Brand {
  private static final int VERSION_MIN = 10;
  private static final int VERSION_MIN_MINOR = 6;
  private static final Explaining EXPLAINING =
      new Explaining("EXPLAIN EXTENDED ", 1, 2, 3, 5, 8, 9, 10);
  private static final String CHECKS =
      """
      SELECT constraint_name, check_clause FROM information_schema.check_constraints
      WHERE constraint_schema = DATABASE() AND table_name = ? ORDER BY 1""";
  private static final String ALL_CHECKS =
      """
      SELECT CONCAT(CONSTRAINT_SCHEMA, '.', TABLE_NAME), CHECK_CLAUSE
      FROM information_schema.CHECK_CONSTRAINTS WHERE CONSTRAINT_SCHEMA#others""";
  private static final String DURABILITY =
      """
      SELECT LOWER(variable_name), LOWER(variable_value) FROM information_schema.global_variables
      WHERE variable_name IN ('innodb_flush_log_at_trx_commit', 'innodb_flush_method',
        'innodb_doublewrite', 'sync_binlog', 'log_bin') ORDER BY 1""";

  @Override
  public String name() {
    return "MariaDB";
  }

  @Override
  public String about() {
    return "SHOW VARIABLES LIKE 'version_comment'";
  }

  @Override
  public Optional<Unfit> unfit(Server server) {
    var recent =
        server.major() > VERSION_MIN
            || (server.major() == VERSION_MIN && server.minor() >= VERSION_MIN_MINOR);
    if (server.product().equals("MariaDB") && recent) {
      return Optional.empty();
    }
    var wayOut = "Use MariaDB 10.6 or newer; 11.4 is tested.";
    return Optional.of(
        new Unfit(
            "The database is " + server.words() + ".",
            server.product().equals("MySQL")
                ? wayOut + " For MySQL, write store: mysql:// instead of mariadb://."
                : wayOut));
  }

  @Override
  public String collation() {
    return "utf8mb4_nopad_bin";
  }

  @Override
  public String settings() {
    return "";
  }

  @Override
  public Said said(String sql) {
    return new Said(sql, Set.of());
  }

  /// The driver has the server see to it.
  @Override
  public @Nullable String within(String sql, Duration time) {
    return null;
  }

  @Override
  public String unlooked(String delete) {
    return "SET STATEMENT foreign_key_checks = 0 FOR " + delete;
  }

  @Override
  public String digest(String text) {
    return "MD5(" + text + ")";
  }

  @Override
  public Sql array(Each texts, Order order) {
    return Sql.of("(SELECT CONCAT('[', COALESCE(GROUP_CONCAT(", texts.value(), " ORDER BY ")
        .add(order.keys())
        .add(" SEPARATOR ',' LIMIT " + order.limit() + "), ''), ']')")
        .add(texts.rows())
        .add(")");
  }

  @Override
  public String check(String constraint) {
    return constraint;
  }

  /// It cuts or hashes what is longer.
  @Override
  public int keyMax() {
    return Integer.MAX_VALUE;
  }

  /// It makes hashes by itself, and compares the texts.
  @Override
  public String hashed(String column) {
    return column;
  }

  @Override
  public String standIn(String name, String columns) {
    return "";
  }

  @Override
  public @Nullable String lastNumber() {
    return null;
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
    return "column_name";
  }

  @Override
  public String indexColumn() {
    return "CONCAT('\"', column_name, '\"')";
  }

  @Override
  public String durability() {
    return DURABILITY;
  }
}
