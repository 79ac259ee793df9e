package engineroom.stores.mariadb.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class MariaDurabilityTest {
  private static Map<String, String> settings(String name, String value) {
    var settings =
        new TreeMap<>(
            Map.of(
                "innodb_flush_log_at_trx_commit", "1",
                "innodb_doublewrite", "on",
                "innodb_flush_method", "o_direct",
                "log_bin", "on",
                "sync_binlog", "1"));
    settings.put(name, value);
    return settings;
  }

  private static boolean weak(String name, String value) {
    return !MariaDurability.weaknesses(settings(name, value)).isEmpty();
  }

  @Test
  void tells_each_setting_that_promises_less() {
    assertThat(MariaDurability.weaknesses(settings("innodb_flush_log_at_trx_commit", "2")))
        .singleElement()
        .asString()
        .contains("innodb_flush_log_at_trx_commit = 2", "Set innodb_flush_log_at_trx_commit = 1");
    assertThat(weak("innodb_flush_log_at_trx_commit", "0")).isTrue();
    assertThat(weak("innodb_doublewrite", "off")).isTrue();
    assertThat(weak("innodb_flush_method", "nosync")).isTrue();
    assertThat(weak("sync_binlog", "0")).isTrue();
  }

  @Test
  void is_content_with_what_keeps_changes() {
    assertThat(weak("innodb_flush_log_at_trx_commit", "3")).isFalse();
    assertThat(weak("innodb_flush_method", "fsync")).isFalse();
    var unlogged = settings("log_bin", "off");
    unlogged.put("sync_binlog", "0");
    assertThat(MariaDurability.weaknesses(unlogged)).as("nothing follows the log").isEmpty();
  }
}
