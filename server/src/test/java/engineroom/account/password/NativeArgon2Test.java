package engineroom.account.password;

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

@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
final class NativeArgon2Test {
  private static final String RESOURCE = "/linux-x86-64/libargon2.so";

  private final NativeArgon2 argon2 = Objects.requireNonNull(NativeArgon2.here());

  @Test
  void the_kept_library_is_the_one_in_the_jar() throws IOException {
    var kept = Files.readAllBytes(Objects.requireNonNull(NativeArgon2.file()));
    try (var inJar = Objects.requireNonNull(getClass().getResourceAsStream(RESOURCE))) {
      assertThat(kept).isEqualTo(inJar.readAllBytes());
    }
  }

  @Test
  void the_folder_that_it_is_kept_in_names_the_release_in_the_jar() {
    var jar = Objects.requireNonNull(getClass().getResource(RESOURCE)).getPath();
    assertThat(jar).contains("argon2-jvm-" + NativeArgon2.VERSION + ".jar");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void hashes_as_java_does(long seed) {
    var random = new Random(seed);
    var work = new Work(random.nextInt(32, 3_000), random.nextInt(1, 5), random.nextInt(1, 5));
    assertSame(seed, work, random.nextInt(1, 400), random.nextInt(8, 65), random.nextInt(16, 65));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void hashes_as_java_does_on_threads_that_come_last(long seed) {
    assertSame(seed, Work.TODAY, 20, Argon2Hash.SALT_BYTES, Argon2Hash.HASH_BYTES);
  }

  private void assertSame(long seed, Work work, int passwordBytes, int saltBytes, int hashBytes) {
    var random = new Random(seed);
    var password = bytes(random, passwordBytes);
    var salt = bytes(random, saltBytes);
    assertThat(argon2.argon2id(work, password, salt, hashBytes))
        .as("seed %d", seed)
        .isEqualTo(Argon2Hash.inJava(work, password, salt, hashBytes));
  }

  @Test
  void says_so_where_it_can_not() {
    var tooLittle = new Work(1, 1, 1);
    assertThat(argon2.argon2id(tooLittle, new byte[1], new byte[16], 32)).isNull();
  }

  private static byte[] bytes(Random random, int count) {
    var bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }
}
