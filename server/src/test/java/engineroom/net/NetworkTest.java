package engineroom.net;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {
  @ParameterizedTest
  @CsvSource({
    "192.0.2.7,192.0.2.7,true",
    "192.0.2.7,192.0.2.8,false",
    "192.0.2.0/24,192.0.2.255,true",
    "192.0.2.0/24,192.0.3.0,false",
    "192.0.2.128/25,192.0.2.127,false",
    "192.0.2.128/25,192.0.2.128,true",
    "10.0.0.0/9,10.127.255.255,true",
    "10.0.0.0/9,10.128.0.0,false",
    "0.0.0.0/0,203.0.113.9,true",
    "0.0.0.0/0,2001:db8::1,false",
    "2001:db8::/32,2001:db8:ffff::1,true",
    "2001:db8::/32,2001:db9::1,false",
    "2001:db8::/33,2001:db8:8000::,false",
    "::1,0:0:0:0:0:0:0:1,true",
    "192.0.2.7,::ffff:192.0.2.7,true",
    "192.0.2.7,localhost,false",
    "192.0.2.7,'',false"
  })
  void holds_the_addresses_that_begin_like_it(String network, String address, boolean inside) {
    assertThat(Network.parse(network).orElseThrow().contains(address)).isEqualTo(inside);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost",
        "example.org",
        "192.0.2",
        "192.0.2.0/33",
        "2001:db8::/129",
        "192.0.2.0/",
        "192.0.2.0/-1",
        "192.0.2.256",
        "/24",
        "::1/64/64",
        "1",
        " 192.0.2.7"
      })
  void is_read_from_networks_alone(String text) {
    assertThat(Network.parse(text)).isEmpty();
  }
}
