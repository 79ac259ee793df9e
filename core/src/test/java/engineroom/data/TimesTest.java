package engineroom.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TimesTest {
  private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999Z");

  @Test
  void reads_every_moment_that_it_wrote() {
    var random = new SplittableRandom(7);
    for (var i = 0; i < 100_000; i++) {
      var second = random.nextLong(FIRST.getEpochSecond(), LAST.getEpochSecond());
      var moment = Instant.ofEpochSecond(second, random.nextInt(1_000_000) * 1_000L);
      assertThat(Times.own(Times.text(moment))).isEqualTo(moment);
    }
    assertThat(Times.own(Times.text(FIRST))).isEqualTo(FIRST);
    assertThat(Times.own(Times.text(LAST))).isEqualTo(LAST);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-08-01T10:00:00Z",
        "2026-08-01T10:00:00.123Z",
        "2026-08-01T10:00:00.123456789Z",
        "2026-08-01T24:00:00.000000Z",
        "2016-12-31T23:59:60.000000Z",
        "2026-08-01t10:00:00.000000z"
      })
  void reads_other_forms_as_the_library_does(String text) {
    assertThat(Times.own(text)).isNull();
    assertThat(Times.instant(text)).isEqualTo(Instant.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-02-29T10:00:00.000000Z",
        "2026-13-01T10:00:00.000000Z",
        "2026-08-01T10:61:00.000000Z",
        "2026-08-01 10:00:00.000000Z",
        "2026-08-01T10:00:00.00000xZ",
        "٢٠٢٦-08-01T10:00:00.000000Z",
        ""
      })
  void refuses_what_is_no_moment(String text) {
    assertThat(Times.own(text)).isNull();
    assertThatThrownBy(() -> Times.instant(text)).isInstanceOf(DateTimeException.class);
  }
}
