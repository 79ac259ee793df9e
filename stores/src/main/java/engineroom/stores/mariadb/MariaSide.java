package engineroom.stores.mariadb;

import static engineroom.problem.ProblemException.problem;

import engineroom.model.Entity;
import engineroom.operation.FieldRules;
import engineroom.problem.StoreProblem.Unavailable;
import engineroom.stores.MariaAddress;
import engineroom.stores.copy.OwnTables.Counted;
import engineroom.stores.copy.Side;
import engineroom.stores.mariadb.MariaConnection.Begin;
import engineroom.stores.mariadb.brand.Brand;
import engineroom.stores.mariadb.migrate.MariaFit;
import engineroom.stores.mariadb.migrate.MariaGround;
import engineroom.stores.sql.TableNames;
import engineroom.stores.sql.TableSql;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A MariaDB database as one side of a copy. References are not looked at by its connection.
public final class MariaSide implements Side {
  private static final int SPOTS_MAX = 10;
  private static final String LAST = "SELECT last FROM \"_engineroom_log\"";
  private static final String GO_ON = "UPDATE \"_engineroom_log\" SET last = GREATEST(last, ?)";
  private static final String NEXT =
      """
      SELECT COALESCE(auto_increment, 1) - 1 FROM information_schema.tables
      WHERE table_schema = DATABASE() AND table_name = ?""";

  /// Uniques that are no primary keys.
  private static final String UNIQUES =
      """
      SELECT table_name, index_name, GROUP_CONCAT(#column ORDER BY seq_in_index)
      FROM information_schema.statistics
      WHERE table_schema = DATABASE() AND non_unique = 0 AND index_name <> 'PRIMARY'
      GROUP BY table_name, index_name ORDER BY 1, 2""";

  private static final String TEXTS =
      """
      SELECT column_name FROM information_schema.columns
      WHERE table_schema = DATABASE() AND table_name = ?
        AND character_set_name = 'utf8mb4' ORDER BY ordinal_position""";

  private final MariaAddress address;
  private final MariaDatabase database;
  private final MariaConnection connection;
  private final @Nullable Hold hold;

  private MariaSide(MariaAddress address, @Nullable Hold hold) {
    this.address = address;
    this.hold = hold;
    this.database = MariaDatabase.unmade(address, new FieldRules((_, _) -> List.of()));
    this.connection = database.connection();
    connection.execute("SET SESSION foreign_key_checks = 0");
  }

  /// A database that is read, whoever else uses it.
  public static MariaSide reading(MariaAddress address) {
    return new MariaSide(address, null);
  }

  /// A database that nobody else copies into, and no program serves.
  public static MariaSide writing(MariaAddress address) {
    var hold = new Hold(address);
    try {
      return new MariaSide(address, hold);
    } catch (RuntimeException e) {
      hold.close();
      throw e;
    }
  }

  @Override
  public String name() {
    return address.toString();
  }

  @Override
  public MariaGround ground() {
    return database.ground(connection);
  }

  @Override
  public <T> T still(Supplier<T> work) {
    return connection.transaction(Begin.READ, work);
  }

  @Override
  public <T> T change(Supplier<T> work) {
    return connection.transaction(Begin.WRITE, work);
  }

  private long number(String sql, Object... values) {
    try (var rows = connection.rows(sql, values)) {
      return rows.next() ? rows.number(0) : 0;
    }
  }

  /// All: numbers are seen in the order in which they are given.
  @Override
  public long settled() {
    return number(LAST);
  }

  @Override
  public long given(Counted table) {
    return switch (table) {
      case CHANGE -> number(LAST);
      case TRASH -> number(NEXT, table.table());
    };
  }

  @Override
  public void goOn(Counted table, long number) {
    switch (table) {
      case CHANGE -> connection.run(GO_ON, number);
      case TRASH -> {
        var next = Math.max(number, given(table)) + 1;
        var trash = TableSql.name(table.table());
        connection.execute("ALTER TABLE " + trash + " AUTO_INCREMENT = " + next);
      }
    }
  }

  @Override
  public boolean served() {
    return hold == null && number(Hold.served(Brand.of(connection))) > 0;
  }

  @Override
  public List<Spot> zeros(String table, String key) {
    var spots = new ArrayList<Spot>();
    for (var column : texts(table)) {
      var sql =
          "SELECT %s FROM %s WHERE LOCATE(CHAR(0 USING utf8mb4), %s) > 0 LIMIT %d"
              .formatted(
                  TableSql.name(key), TableSql.name(table), TableSql.name(column), SPOTS_MAX);
      try (var rows = connection.rows(sql)) {
        while (rows.next()) {
          spots.add(new Spot(table, rows.text(0), column));
        }
      }
    }
    return spots;
  }

  private List<String> texts(String table) {
    var columns = new ArrayList<String>();
    try (var rows = connection.rows(TEXTS, table)) {
      while (rows.next()) {
        columns.add(rows.text(0));
      }
    }
    return columns;
  }

  @Override
  public Loose loosen(Collection<String> tables) {
    var away = new ArrayList<String>();
    var back = new ArrayList<String>();
    var brand = Brand.of(connection);
    try (var rows = connection.rows(UNIQUES.replace("#column", brand.indexColumn()))) {
      while (rows.next()) {
        if (tables.contains(rows.text(0))) {
          var alter = "ALTER TABLE " + TableSql.name(rows.text(0));
          var index = TableSql.name(rows.text(1));
          var loose = TableSql.name(MariaTableWords.shortened(rows.text(1) + "__loose"));
          var standIn = brand.standIn(loose, rows.text(2));
          away.add(alter + " DROP INDEX IF EXISTS " + index + standIn);
          back.add(
              "CREATE UNIQUE INDEX IF NOT EXISTS %s ON %s (%s)"
                  .formatted(index, TableSql.name(rows.text(0)), rows.text(2)));
          back.add(alter + " DROP INDEX IF EXISTS " + loose);
        }
      }
    }
    return new Loose(away, back);
  }

  /// Words are kept of every row.
  @Override
  public void search(TableNames names, Entity entity) {
    new MariaFit(ground(), new FieldRules((_, _) -> List.of())).search(names, entity);
  }

  @Override
  public void settle() {
    new MariaFit(ground(), new FieldRules((_, _) -> List.of()))
        .lost(
            (entity, _, target) -> {
              throw problem(
                  new Unavailable(
                      "Rows of " + entity + " refer to rows of " + target + " that are gone.",
                      "Put the source right, and copy again."));
            });
  }

  @Override
  public RuntimeException told(RuntimeException failure) {
    return failure instanceof MariaFailure e ? MariaProblems.told(e, Duration.ZERO) : failure;
  }

  @Override
  public void close() {
    connection.afterwards("SET SESSION foreign_key_checks = 1");
    connection.close();
    database.close();
    if (hold != null) {
      hold.close();
    }
  }
}
