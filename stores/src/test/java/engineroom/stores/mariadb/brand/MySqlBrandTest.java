package engineroom.stores.mariadb.brand;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.stores.MariaAddress.Make;
import engineroom.stores.mariadb.brand.Brand.Server;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Which servers are served, and how statements become MySQL's.
final class MySqlBrandTest {
  private final Brand brand = Brand.of(Make.MYSQL);

  private String refused(String product, String version, int major, int minor, String about) {
    return brand
        .unfit(new Server(product, version, major, minor, about))
        .map(unfit -> unfit.what() + " " + unfit.wayOut())
        .orElse("");
  }

  @Test
  void serves_mysql_since_8_4_and_what_percona_makes_of_it() {
    assertThat(refused("MySQL", "9.7.4-2", 9, 7, "9.7.4-2 (Debian)")).isEmpty();
    assertThat(refused("MySQL", "8.4.0", 8, 4, "8.4.0 MySQL Community Server - GPL")).isEmpty();
    assertThat(refused("MySQL", "8.4.5-5", 8, 4, "8.4.5-5 Percona Server (GPL)")).isEmpty();
  }

  @Test
  void refuses_what_is_older() {
    assertThat(refused("MySQL", "8.0.40", 8, 0, "8.0.40 MySQL Community Server - GPL"))
        .isEqualTo("The database is MySQL 8.0.40. Use MySQL 8.4 or newer; 9.7 is tested.");
    assertThat(refused("MySQL", "5.7.44", 5, 7, "5.7.44")).contains("8.4 or newer");
  }

  @Test
  void refuses_other_engines_by_name() {
    assertThat(refused("MySQL", "8.0.11-TiDB-v8.5.0", 8, 0, "TiDB Server"))
        .contains("(tidb), which is not MySQL");
    assertThat(refused("MySQL", "8.4.6", 8, 4, "8.4.6-Vitess Version: 22")).contains("(vitess)");
    assertThat(refused("MySQL", "8.4.3", 8, 4, "8.4.mysql_aurora.4.1")).contains("(aurora)");
    assertThat(refused("MariaDB", "11.4.5-MariaDB", 11, 4, "mariadb.org binary distribution"))
        .contains("Write store: mariadb:// instead of mysql://.");
  }

  @Test
  void has_the_other_address_for_mysql() {
    var server = new Server("MySQL", "9.7.4", 9, 7, "");
    assertThat(Brand.of(Make.MARIADB).unfit(server))
        .hasValueSatisfying(unfit -> assertThat(unfit.wayOut()).contains("mysql://"));
  }

  @Test
  void leaves_conditions_out_that_it_has_no_words_for_and_forgives_the_failure() {
    var said = brand.said("ALTER TABLE \"a\" DROP INDEX IF EXISTS \"b\"");
    assertThat(said.text()).isEqualTo("ALTER TABLE \"a\" DROP INDEX \"b\"");
    assertThat(said.forgiven()).contains(1091).doesNotContain(1146);
    assertThat(brand.said("ALTER TABLE IF EXISTS \"a\" DROP INDEX IF EXISTS \"b\"").forgiven())
        .contains(1091, 1146);
    assertThat(brand.said("CREATE UNIQUE INDEX IF NOT EXISTS \"b\" ON \"a\" (c)").forgiven())
        .contains(1061);
  }

  @Test
  void leaves_all_else_as_it_is_and_forgives_nothing() {
    for (var sql :
        new String[] {
          "DROP TABLE IF EXISTS \"a\"",
          "CREATE TABLE IF NOT EXISTS \"a\" (b BIGINT)",
          "ALTER TABLE \"a\" DROP INDEX \"b\""
        }) {
      assertThat(brand.said(sql).text()).isEqualTo(sql);
      assertThat(brand.said(sql).forgiven()).isEmpty();
    }
  }

  @Test
  void gives_the_same_check_another_name_each_time_and_keeps_its_beginning() {
    var check = "CONSTRAINT \"price__min\" CHECK (\"price\" >= 0)";
    assertThat(brand.check(check))
        .matches("CONSTRAINT \"price__min~[0-9a-f]{8}\" CHECK \\(\"price\" >= 0\\)")
        .isNotEqualTo(brand.check(check));
    var longest = "CONSTRAINT \"" + "a".repeat(64) + "\" CHECK (1)";
    assertThat(brand.check(longest)).matches("CONSTRAINT \"a{55}~[0-9a-f]{8}\" CHECK \\(1\\)");
  }

  @Test
  void has_the_server_end_what_reads_and_the_driver_all_else() {
    assertThat(brand.within("SELECT 1 FROM a", Duration.ofMillis(1500)))
        .isEqualTo("SELECT /*+ MAX_EXECUTION_TIME(1500) */ 1 FROM a");
    assertThat(brand.within("UPDATE a SET b = 1", Duration.ofMillis(1500))).isNull();
  }
}
