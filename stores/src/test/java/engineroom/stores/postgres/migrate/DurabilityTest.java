package engineroom.stores.postgres.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class DurabilityTest {
  @Test
  void has_nothing_to_say_of_a_server_that_keeps_what_it_acknowledges() {
    for (var commit : new String[] {"on", "local", "remote_write", "remote_apply"}) {
      assertThat(
              Durability.weaknesses(
                  Map.of("fsync", "on", "synchronous_commit", commit, "full_page_writes", "on")))
          .isEmpty();
    }
  }

  @Test
  void names_each_setting_that_is_off_what_follows_and_the_way_out() {
    assertThat(Durability.weaknesses(Map.of("synchronous_commit", "off")))
        .containsExactly(
            "PostgreSQL runs with synchronous_commit = off: changes that were acknowledged are lost"
                + " when it stops suddenly. Set synchronous_commit = on, in postgresql.conf or for"
                + " the database and its user, and start again.");
    for (var setting : new String[] {"fsync", "full_page_writes"}) {
      assertThat(Durability.weaknesses(Map.of(setting, "off")))
          .singleElement()
          .asString()
          .contains(setting + " = off")
          .contains("can leave the database damaged")
          .contains("Set " + setting + " = on");
    }
  }
}
