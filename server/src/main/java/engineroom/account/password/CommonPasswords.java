package engineroom.account.password;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/// The hundred thousand passwords that are tried first by everybody who guesses.
///
/// The list is that of the library nbvcxz (MIT). It is read when the first password is chosen, and
/// kept as 64-bit numbers, 0.8 MB in all; two texts with one number are less likely than a lottery
/// won, and would cost somebody the choice of another password.
final class CommonPasswords {
  private static final String LIST = "/dictionaries/passwords.txt";
  private static final long FNV_START = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private CommonPasswords() {}

  /// Holds the list, so that it is read on its first use.
  private static final class Words {
    static final long[] SORTED = read();

    private Words() {}
  }

  /// Whether it is one of them, in whatever case.
  static boolean contain(String text) {
    return Arrays.binarySearch(Words.SORTED, number(text.toLowerCase(Locale.ROOT))) >= 0;
  }

  static int count() {
    return Words.SORTED.length;
  }

  private static long[] read() {
    try (var stream = CommonPasswords.class.getResourceAsStream(LIST)) {
      if (stream == null) {
        throw new IllegalStateException(
            LIST + " is not on the class path; it comes with the library nbvcxz");
      }
      var lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
      return lines
          .lines()
          .filter(line -> !line.isBlank())
          .mapToLong(line -> number(line.toLowerCase(Locale.ROOT)))
          .sorted()
          .distinct()
          .toArray();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static long number(String text) {
    long number = FNV_START;
    for (int i = 0; i < text.length(); i++) {
      number = (number ^ text.charAt(i)) * FNV_PRIME;
    }
    return number;
  }
}
