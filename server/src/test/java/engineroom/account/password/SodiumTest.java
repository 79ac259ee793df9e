package engineroom.account.password;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import engineroom.account.password.Argon2Hash.Work;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SodiumTest {
  private static final String RESOURCE = "/linux64/libsodium.so";

  @Test
  @EnabledOnOs(value = OS.LINUX, architectures = "amd64")
  void makes_the_hashes_of_today_and_leaves_others_to_java() {
    assertThat(Sodium.makes(Work.TODAY, 16, 32)).isTrue();
    assertThat(Sodium.makes(new Work(19_456, 2, 2), 16, 32)).as("two lanes").isFalse();
    assertThat(Sodium.makes(Work.TODAY, 8, 32)).as("a short salt").isFalse();
    assertThat(Sodium.makes(Work.TODAY, 16, 15)).as("a short hash").isFalse();
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, architectures = "amd64")
  void the_kept_library_is_the_one_in_the_jar_and_of_the_release_that_its_folder_names()
      throws IOException {
    var kept = Files.readAllBytes(Objects.requireNonNull(Sodium.file()));
    try (var inJar = Objects.requireNonNull(getClass().getResourceAsStream(RESOURCE))) {
      assertThat(kept).isEqualTo(inJar.readAllBytes());
    }
    assertThat(new String(kept, ISO_8859_1)).contains("\0" + Sodium.VERSION + "\0");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  @EnabledOnOs(value = OS.LINUX, architectures = "amd64")
  void hashes_as_java_does(long seed) {
    var random = new Random(seed);
    var work = new Work(random.nextInt(8, 3_000), random.nextInt(1, 5), 1);
    var password = bytes(random, random.nextInt(1, 400));
    var salt = bytes(random, Argon2Hash.SALT_BYTES);
    int length = random.nextInt(Argon2Hash.HASH_BYTES_MIN, 65);
    assertThat(Sodium.argon2id(work, password, salt, length))
        .as("seed %d", seed)
        .isEqualTo(Argon2Hash.inJava(work, password, salt, length));
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, architectures = "amd64")
  void says_so_where_it_can_not() {
    var tooLittle = new Work(1, 1, 1);
    assertThat(Sodium.argon2id(tooLittle, new byte[1], new byte[16], 32)).isNull();
  }

  private static byte[] bytes(Random random, int count) {
    var bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }
}
