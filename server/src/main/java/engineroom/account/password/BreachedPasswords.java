package engineroom.account.password;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Passwords that were in somebody's breach: a file of their SHA-1 hashes in hexadecimal, one a
/// line and in order, as Pwned Passwords gives them. Nothing of it is kept in memory, however long
/// it is, and no password leaves this machine.
public final class BreachedPasswords {
  /// No file, so that no password was in a breach.
  public static final BreachedPasswords NONE = new BreachedPasswords(null);

  private static final Pattern LINE = Pattern.compile("[0-9A-Fa-f]{40}(:[0-9]{1,12})?\r?");
  private static final int HASH = 40;

  /// More than a line has, and its line feed.
  private static final int LINE_MAX = 64;

  /// How many lines are looked at before the file is believed to be in order.
  private static final int PROBES = 64;

  private final @Nullable Path file;

  private BreachedPasswords(@Nullable Path file) {
    this.file = file;
  }

  /// Those of a file. Ask [#wrong(Path)] first.
  public static BreachedPasswords in(Path file) {
    return new BreachedPasswords(file);
  }

  /// What is wrong with a file; empty where it can be searched.
  public static Optional<String> wrong(Path file) {
    if (!Files.isRegularFile(file)) {
      return Optional.of("is no file");
    }
    try (var lines = FileChannel.open(file)) {
      return wrong(lines);
    } catch (IOException e) {
      return Optional.of("can't be read: " + e.getMessage());
    }
  }

  private static Optional<String> wrong(FileChannel lines) throws IOException {
    var before = "";
    long size = lines.size();
    for (var probe = 0; probe < PROBES; probe++) {
      var line = line(lines, size * probe / PROBES);
      if (!LINE.matcher(line.text()).matches()) {
        return Optional.of("must have a SHA-1 hash in hexadecimal in each line");
      }
      if (line.hash().compareTo(before) < 0) {
        return Optional.of("must be in the order of its hashes");
      }
      before = line.hash();
    }
    return Optional.empty();
  }

  /// Whether a password is one of them.
  boolean contain(String password) {
    if (file == null) {
      return false;
    }
    try (var lines = FileChannel.open(file)) {
      return found(lines, sha1(password));
    } catch (IOException e) {
      throw new UncheckedIOException("can't read the breached passwords in " + file, e);
    }
  }

  private static boolean found(FileChannel lines, String hash) throws IOException {
    long from = 0;
    long to = lines.size();
    while (from < to) {
      var line = line(lines, from + (to - from) / 2);
      int order = hash.compareTo(line.hash());
      if (order == 0) {
        return true;
      }
      if (order < 0) {
        to = line.start();
      } else {
        from = line.end();
      }
    }
    return false;
  }

  /// A line of the file.
  ///
  /// @param start where its first byte stands
  /// @param end where the next line begins
  private record Line(String text, long start, long end) {
    String hash() {
      return text.substring(0, Math.min(HASH, text.length())).toUpperCase(Locale.ROOT);
    }
  }

  /// The line that a byte belongs to.
  private static Line line(FileChannel lines, long at) throws IOException {
    long begin = Math.max(0, at - LINE_MAX);
    var bytes = ByteBuffer.allocate(2 * LINE_MAX);
    while (bytes.hasRemaining() && lines.read(bytes, begin + bytes.position()) > 0) {}
    var text = new String(bytes.array(), 0, bytes.position(), ISO_8859_1);
    int middle = (int) (at - begin);
    int first = text.lastIndexOf('\n', middle - 1) + 1;
    int feed = text.indexOf('\n', middle);
    int last = feed < 0 ? text.length() : feed;
    return new Line(text.substring(first, last), begin + first, begin + last + 1);
  }

  private static String sha1(String password) {
    try {
      var digest = MessageDigest.getInstance("SHA-1").digest(password.getBytes(UTF_8));
      return HexFormat.of().withUpperCase().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-1", e);
    }
  }
}
