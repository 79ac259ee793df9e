package engineroom.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ProxiesTest {
  private final Proxies proxies = new Proxies(List.of("10.0.0.0/8", "2001:db8:ff::/48"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "10.1.2.3    | 192.0.2.7                          | 192.0.2.7",
        "10.1.2.3    | 192.0.2.7, 10.9.9.9                | 192.0.2.7",
        "10.1.2.3    | 203.0.113.1, 192.0.2.7, 10.9.9.9   | 192.0.2.7",
        "10.1.2.3    | 10.5.5.5, 192.0.2.7                | 192.0.2.7",
        "10.1.2.3    | 10.5.5.5                           | 10.5.5.5",
        "10.1.2.3    | 192.0.2.7:4711                     | 192.0.2.7",
        "10.1.2.3    | [2001:db8::1]:80                   | 2001:db8:0:0:0:0:0:1",
        "2001:db8:ff::9 | 192.0.2.7                       | 192.0.2.7",
        "192.0.2.99  | 203.0.113.1                        | 192.0.2.99",
        "10.1.2.3    | 192.0.2.7, localhost               | 10.1.2.3",
        "10.1.2.3    | 192.0.2.7, unknown, 10.9.9.9       | 10.9.9.9",
        "10.1.2.3    | 192.0.2.7, 1.2                     | 10.1.2.3",
        "10.1.2.3    | 0x7f.0.0.1                         | 10.1.2.3",
        "10.1.2.3    | ,                                  | 10.1.2.3",
        "10.1.2.3    | 999.0.0.1                          | 10.1.2.3",
      })
  void believes_the_rightmost_address_that_is_no_proxy(String peer, String told, String client) {
    assertThat(proxies.client(peer, told, "")).isEqualTo(client);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "for=192.0.2.7",
        "For=\"192.0.2.7:4711\";proto=https;by=10.1.2.3",
        "for=203.0.113.1, for=192.0.2.7;host=shop.example, for=10.2.2.2",
      })
  void reads_the_standard_field_too(String forwarded) {
    assertThat(proxies.client("10.1.2.3", "", forwarded)).isEqualTo("192.0.2.7");
    assertThat(proxies.client("10.1.2.3", "192.0.2.7", forwarded)).isEqualTo("192.0.2.7");
  }

  @Test
  void believes_neither_field_where_they_differ() {
    assertThat(proxies.client("10.1.2.3", "192.0.2.7", "for=203.0.113.1")).isEqualTo("10.1.2.3");
  }

  @Test
  void believes_nobody_where_no_proxy_is_set() {
    var none = new Proxies(List.of());
    assertThat(none.client("10.1.2.3", "192.0.2.7", "for=192.0.2.7")).isEqualTo("10.1.2.3");
  }

  @Test
  void reads_a_long_list_from_its_near_end_only() {
    var hops = "10.0.0.1,".repeat(10_000) + "192.0.2.7";
    assertThat(proxies.client("10.1.2.3", hops, "")).isEqualTo("192.0.2.7");
  }

  @ParameterizedTest
  @ValueSource(strings = {"proxy.example", "10.0.0.0/33", "10.0.0/8", "::1/129", "", "10.0.0.1/a"})
  void refuses_what_is_no_network(String text) {
    assertThatThrownBy(() -> new Proxies(List.of(text))).hasMessageContaining("no address");
  }
}
