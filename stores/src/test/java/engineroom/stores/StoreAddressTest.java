package engineroom.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import engineroom.stores.PostgresAddress.Login;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class StoreAddressTest {
  private static PostgresAddress postgres(String text) {
    return PostgresAddress.parse(text);
  }

  @Test
  void reads_a_file_of_sqlite() {
    assertThat(StoreAddress.parse("sqlite:data/shop.db"))
        .isEqualTo(new StoreAddress.SqliteFile(Path.of("data/shop.db"), null));
    assertThat(StoreAddress.parse("sqlite:/var/lib/a:b.db"))
        .isEqualTo(new StoreAddress.SqliteFile(Path.of("/var/lib/a:b.db"), null));
  }

  @Test
  void an_address_says_how_many_connections_there_may_be() {
    assertThat(postgres("postgres://ann@localhost/shop").connections()).isEqualTo(16);
    var address = postgres("postgres://ann@localhost/shop?pool=40&sslmode=require");
    assertThat(address.connections()).isEqualTo(40);
    assertThat(address.driverOptions()).isEqualTo(Map.of("sslmode", "require"));
    for (var pool : new String[] {"1", "501", "many", "", "-4"}) {
      refuses("postgres://ann:s3cret@localhost/shop?pool=" + pool, "2 to 500 connections");
    }
  }

  @Test
  void reads_every_part_of_an_address_of_postgresql() {
    assertThat(postgres("postgres://ann:s3cret@db.example:6543/shop?sslmode=require"))
        .isEqualTo(
            new PostgresAddress(
                "db.example",
                6543,
                "shop",
                new Login("ann", "s3cret"),
                Map.of("sslmode", "require")));
  }

  @Test
  void takes_the_usual_port_and_no_password_where_none_is_written() {
    var address = postgres("postgresql://ann@localhost/shop");
    assertThat(address.port()).isEqualTo(5432);
    assertThat(address.login()).isEqualTo(new Login("ann", ""));
    assertThat(address.options()).isEmpty();
  }

  @Test
  void reads_addresses_of_networks_and_what_is_percent_encoded() {
    var address = postgres("postgres://a%40b:p%2Fq+r%3A@[::1]:5433/my%20shop");
    assertThat(address.host()).isEqualTo("::1");
    assertThat(address.login()).isEqualTo(new Login("a@b", "p/q+r:"));
    assertThat(address.database()).isEqualTo("my shop");
    assertThat(address).hasToString("postgres://a@b@[::1]:5433/my shop");
  }

  @Test
  void replicas_are_the_same_database_of_other_servers() {
    var address =
        postgres(
            "postgres://ann:s3cret@db/shop?sslmode=require&replicas=db2,[::1]:5433&staleness=2s");
    assertThat(address.replicas())
        .containsExactly(
            postgres("postgres://ann:s3cret@db2/shop?sslmode=require"),
            postgres("postgres://ann:s3cret@[::1]:5433/shop?sslmode=require"));
    assertThat(address.staleness()).contains(Duration.ofSeconds(2));
    assertThat(address.driverOptions()).isEqualTo(Map.of("sslmode", "require"));
    assertThat(postgres("postgres://ann@db/shop?replicas=db2").staleness()).isEmpty();
    assertThat(postgres("postgres://ann@db/shop").replicas()).isEmpty();
  }

  @Test
  void refuses_replicas_that_are_no_servers_and_a_staleness_that_can_not_be_kept() {
    for (var wrong : new String[] {"a,,b", ",", "a:0", "a:70000", "b/c", "a,b,c,d,e,f,g,h,i"}) {
      refuses("postgres://ann:s3cret@db/shop?replicas=" + wrong, "1 to 8 servers");
    }
    for (var wrong : new String[] {"", "2", "499ms", "11s", "2m", "-1s"}) {
      refuses("postgres://ann:s3cret@db/shop?replicas=a&staleness=" + wrong, "500ms to 10s");
    }
    refuses("postgres://ann:s3cret@db/shop?staleness=2s", "no replicas");
    assertThat(postgres("postgres://ann@db/shop?replicas=a,b,c,d,e,f,g,h").replicas()).hasSize(8);
    assertThat(postgres("postgres://ann@db/shop?replicas=a&staleness=500ms").staleness())
        .contains(Duration.ofMillis(500));
    assertThat(postgres("postgres://ann@db/shop?replicas=a&staleness=10s").staleness())
        .contains(Duration.ofSeconds(10));
  }

  @Test
  void never_shows_a_password() {
    var address = postgres("postgres://ann:s3cret@localhost/shop");
    assertThat(address.toString() + address.login()).doesNotContain("s3cret");
  }

  @Test
  void refuses_what_is_no_address_without_repeating_it() {
    refuses("postgres://ann:s3cret@localhost", "is no address of PostgreSQL");
    refuses("postgres:shop", "is no address of PostgreSQL");
    refuses("postgres://ann:s3c@ret@localhost/shop", "%40");
    refuses("postgres://localhost/shop", "says no user");
    refuses("postgres://ann:s3cret@localhost:70000/shop", "1 to 65535");
    refuses("postgres://ann:s3cret@localhost:0/shop", "1 to 65535");
    refuses("postgres://ann:s3cret%zz@localhost/shop", "stands for nothing");
    refuses("postgres://ann:s3cret@localhost/shop?sslmod=x", "Did you mean sslmode?");
    refuses("postgres://ann:s3cret@localhost/shop?speed=1", "There are: application_name");
  }

  private static void refuses(String text, String told) {
    assertThatThrownBy(() -> postgres(text))
        .isInstanceOf(BadAddress.class)
        .hasMessageContaining(told)
        .hasMessageNotContaining("s3c");
  }

  @Test
  void refuses_a_store_without_a_file_and_one_that_is_none() {
    assertThatThrownBy(() -> StoreAddress.parse("sqlite:")).hasMessageContaining("says no file");
    assertThatThrownBy(() -> StoreAddress.parse("sqlite")).hasMessageContaining("says no file");
    assertThatThrownBy(() -> StoreAddress.parse("s3cret:x"))
        .isInstanceOf(BadAddress.class)
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void reads_an_address_of_mariadb_or_mysql_by_the_make() {
    for (var make : MariaAddress.Make.values()) {
      var text = make.scheme() + "://ann:s3cret@db.example:3307/shop?sslMode=disable";
      assertThat(StoreAddress.parse(text))
          .isEqualTo(
              new StoreAddress.Maria(
                  new MariaAddress(
                      make,
                      "db.example",
                      3307,
                      "shop",
                      new MariaAddress.Login("ann", "s3cret"),
                      Map.of("sslMode", "disable"))))
          .asString()
          .doesNotContain("s3cret");
    }
    assertThat(StoreAddress.parse("mysql://ann@localhost/shop?allowPublicKeyRetrieval=true"))
        .asString()
        .contains("mysql://ann@localhost:3306/shop");
    refuses("mariadb://ann@localhost/shop?allowPublicKeyRetrieval=true", "knows no option");
    refuses("mysql://localhost/shop", "says no user");
  }
}
