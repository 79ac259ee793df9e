package engineroom.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import engineroom.stores.PostgresAddress.Login;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class StoreAddressTest {
  private static PostgresAddress postgres(String text) {
    return PostgresAddress.parse(text);
  }

  @Test
  void reads_a_file_of_sqlite() {
    assertThat(StoreAddress.parse("sqlite:data/shop.db"))
        .isEqualTo(new StoreAddress.SqliteFile(Path.of("data/shop.db")));
    assertThat(StoreAddress.parse("sqlite:/var/lib/a:b.db"))
        .isEqualTo(new StoreAddress.SqliteFile(Path.of("/var/lib/a:b.db")));
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
}
