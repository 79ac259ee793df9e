package engineroom.account.password;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.account.password.PasswordRules.Protection;
import engineroom.problem.Violation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BreachedPasswordsTest {
  @TempDir Path folder;

  private static String password(int number) {
    return "a breached sentence, number " + number;
  }

  private static String line(String password) {
    try {
      var bytes = password.getBytes(StandardCharsets.UTF_8);
      var digest = MessageDigest.getInstance("SHA-1").digest(bytes);
      return HexFormat.of().withUpperCase().formatHex(digest) + ":" + bytes.length;
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("breached.txt"), text);
  }

  /// A file of every other of so many passwords.
  private Path file(int passwords, String end) throws IOException {
    var lines = IntStream.range(0, passwords).filter(number -> number % 2 == 0);
    return file(
        String.join(end, lines.mapToObj(number -> line(password(number))).sorted().toList()));
  }

  @Test
  void finds_each_that_is_in_the_file_and_none_that_is_not() throws IOException {
    for (var passwords : List.of(1, 2, 3, 4, 400)) {
      for (var end : List.of("\n", "\r\n")) {
        var file = file(passwords, end);
        assertThat(BreachedPasswords.wrong(file)).isEmpty();
        var breached = BreachedPasswords.in(file);
        for (var number = 0; number < passwords; number++) {
          assertThat(breached.contain(password(number))).isEqualTo(number % 2 == 0);
        }
      }
    }
  }

  @Test
  void takes_hashes_without_counts_and_in_small_letters() throws IOException {
    var hashes = IntStream.range(0, 9).mapToObj(n -> line(password(n)).substring(0, 40));
    var file = file(String.join("\n", hashes.sorted().toList()).toLowerCase(java.util.Locale.ROOT));
    assertThat(BreachedPasswords.wrong(file)).isEmpty();
    assertThat(BreachedPasswords.in(file).contain(password(3))).isTrue();
    assertThat(BreachedPasswords.in(file).contain(password(10))).isFalse();
  }

  @Test
  void a_breached_password_can_not_be_chosen() throws IOException {
    var rules = PasswordRules.defaults().without(BreachedPasswords.in(file(40, "\n")));
    assertThat(rules.violations(password(4), Protection.PASSWORD_ALONE, List.of()))
        .extracting(Violation::code)
        .containsExactly("breached");
    assertThat(rules.violations(password(5), Protection.PASSWORD_ALONE, List.of())).isEmpty();
  }

  @Test
  void tells_what_is_wrong_with_a_file() throws IOException {
    assertThat(BreachedPasswords.wrong(folder.resolve("none"))).contains("is no file");
    assertThat(BreachedPasswords.wrong(file("")))
        .contains("must have a SHA-1 hash in hexadecimal in each line");
    assertThat(BreachedPasswords.wrong(file("password\nletmein\n")))
        .contains("must have a SHA-1 hash in hexadecimal in each line");
    var lines = IntStream.range(0, 100).mapToObj(n -> line(password(n))).sorted().toList();
    assertThat(BreachedPasswords.wrong(file(String.join("\n", lines.reversed()))))
        .contains("must be in the order of its hashes");
  }
}
