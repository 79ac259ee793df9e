package engineroom.door.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BodyHashTest {
  /// The vectors of github.com/spaolacci/murmur3, seed 0; of the 16 bytes 15 are sent.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | 00000000000000000000000000000000",
        "hello | cbd8a7b341bd9b025b1e906a48ae1d19",
        "'hello, world' | 342fac623a5ebc8e4cdcbc079642414d",
        "19 Jan 2038 at 3:14:07 AM | b89e5988b737affc664fc2950231b2cb",
        "The quick brown fox jumps over the lazy dog. | cd99481f9ee902c9695da1a38987b6e7",
      })
  void is_murmur_3_of_128_bits_as_published(String text, String expected) {
    var sent = HexFormat.of().parseHex(expected.substring(0, 30));
    assertThat(BodyHash.of(text.getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(Base64.getUrlEncoder().encodeToString(sent))
        .matches("[A-Za-z0-9_-]{20}");
  }

  @Test
  void differs_for_bodies_that_differ_in_length_alone_or_in_one_bit() {
    var hashes = new HashSet<String>();
    for (int length = 0; length <= 64; length++) {
      hashes.add(BodyHash.of(new byte[length]));
    }
    for (int bit = 0; bit < 64 * 8; bit++) {
      var body = new byte[64];
      body[bit / 8] = (byte) (1 << bit % 8);
      hashes.add(BodyHash.of(body));
    }
    assertThat(hashes).hasSize(65 + 64 * 8);
  }
}
