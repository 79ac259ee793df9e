package engineroom.stores.mariadb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import engineroom.operation.FieldRules;
import engineroom.problem.ProblemException;
import engineroom.stores.MariaAddress;
import engineroom.stores.testing.MySqlServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class MySqlDatabaseTest extends MariaDatabaseTest {
  private static final FieldRules RULES = new FieldRules((_, _) -> List.of());

  @Override
  MariaAddress fresh() {
    return Servers.freshOfMySql();
  }

  /// Whoever signed in once is known to the server for a while, and needs no key.
  private static MariaAddress signedBy(String user, MariaAddress at, Map<String, String> options) {
    var login = new MariaAddress.Login(user, "s3 cret");
    return new MariaAddress(at.make(), at.host(), at.port(), at.database(), login, options);
  }

  @Test
  void says_what_a_password_needs_without_tls_or_with_a_certificate_that_nobody_knows() {
    var address = fresh();
    var user = "for_" + address.database();
    MySqlServer.execute("CREATE USER " + user + " IDENTIFIED BY 's3 cret'");
    MySqlServer.execute("GRANT ALL ON " + address.database() + ".* TO " + user);
    refused(signedBy(user, address, Map.of("sslMode", "disable")), "allowPublicKeyRetrieval=true");
    refused(signedBy(user, address, Map.of()), "sslMode=verify-ca&serverSslCert=");
    var options = Map.of("sslMode", "disable", "allowPublicKeyRetrieval", "true");
    try (var database = MariaDatabase.open(signedBy(user, address, options), RULES)) {
      assertThat(database.fresh()).isTrue();
    }
  }

  private static void refused(MariaAddress address, String wayOut) {
    assertThatThrownBy(() -> MariaDatabase.open(address, RULES))
        .isInstanceOfSatisfying(
            ProblemException.class,
            refused -> assertThat(refused.problem().toString()).contains(wayOut));
  }

  @Test
  void refuses_an_address_of_the_other_make() {
    var mysql = fresh();
    var mariadb = Servers.fresh();
    refused(of(MariaAddress.Make.MARIADB, mysql), "store: mysql://");
    refused(of(MariaAddress.Make.MYSQL, mariadb), "store: mariadb://");
  }

  private static MariaAddress of(MariaAddress.Make make, MariaAddress at) {
    return new MariaAddress(make, at.host(), at.port(), at.database(), at.login(), at.options());
  }
}
