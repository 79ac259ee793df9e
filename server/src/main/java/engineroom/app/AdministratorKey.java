package engineroom.app;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The administrator's key: one that we made, of which only a salted SHA-256 is kept (it has 192
/// random bits and can't be guessed), or one of the environment, which is kept nowhere.
public final class AdministratorKey {
  /// The file in the data folder.
  public static final String FILE = "administrator.key";

  private static final String BEARER = "Bearer ";
  private static final String TOKEN = "eyJ";
  private static final String PREFIX = "er_admin_";
  private static final int RANDOM_BYTES = 24;
  private static final int CHOSEN_MIN = 16;
  private static final int KEY_BYTES_MAX = 1024;

  private static final Pattern LINE = Pattern.compile("sha256:([0-9a-f]{32}):([0-9a-f]{64})\\s*");

  private final MessageDigest salted;
  private final byte[] hash;

  private AdministratorKey(Kept kept) {
    salted = sha256();
    salted.update(HexFormat.of().parseHex(kept.salt()));
    hash = HexFormat.of().parseHex(kept.hash());
  }

  /// What is kept of a key: salt and hash, in hexadecimal.
  private record Kept(String salt, String hash) {
    static Kept of(char[] key, byte[] salt) {
      var hex = HexFormat.of();
      var digest = sha256();
      digest.update(salt);
      digest.update(new String(key).getBytes(StandardCharsets.UTF_8));
      return new Kept(hex.formatHex(salt), hex.formatHex(digest.digest()));
    }
  }

  /// Takes the key from the environment, or the one kept in the data folder, or makes one and
  /// prints it once.
  ///
  /// @param chosen `ENGINEROOM_ADMIN_KEY`, or null
  /// @param notes where a new key is shown
  public static AdministratorKey open(
      Path data, char @Nullable [] chosen, SecureRandom random, PrintStream notes) {
    var file = data.resolve(FILE);
    try {
      Files.createDirectories(data);
      if (chosen != null) {
        return new AdministratorKey(chosen(chosen, random));
      }
      if (Files.exists(file)) {
        return new AdministratorKey(read(file));
      }
      return new AdministratorKey(make(file, random, notes));
    } catch (IOException e) {
      throw new UncheckedIOException("The administrator's key can't be kept in " + file + ".", e);
    }
  }

  /// Whether an `Authorization` field holds this key.
  public boolean matches(String authorization) {
    return authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
        && authorization.length() <= KEY_BYTES_MAX
        && is(authorization.substring(BEARER.length()).strip());
  }

  private boolean is(String key) {
    try {
      var digest = (MessageDigest) salted.clone();
      return MessageDigest.isEqual(hash, digest.digest(key.getBytes(StandardCharsets.UTF_8)));
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("The JDK's SHA-256 can be cloned", e);
    }
  }

  private static Kept chosen(char[] key, SecureRandom random) {
    if (new String(key).startsWith(TOKEN)) {
      throw new App.ConfigException(
          List.of("ENGINEROOM_ADMIN_KEY must not begin with " + TOKEN + ", as access tokens do."));
    }
    if (key.length < CHOSEN_MIN) {
      throw new App.ConfigException(
          List.of(
              "ENGINEROOM_ADMIN_KEY has "
                  + key.length
                  + " characters, and must have at least "
                  + CHOSEN_MIN
                  + ". Unset it to have a key made for you."));
    }
    var salt = new byte[16];
    random.nextBytes(salt);
    return Kept.of(key, salt);
  }

  private static Kept make(Path file, SecureRandom random, PrintStream notes) throws IOException {
    var bytes = new byte[RANDOM_BYTES];
    random.nextBytes(bytes);
    var key = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    var salt = new byte[16];
    random.nextBytes(salt);
    var kept = write(file, Kept.of(key.toCharArray(), salt));
    notes.println("The administrator's key, shown this once, is " + key);
    return kept;
  }

  private static Kept write(Path file, Kept kept) throws IOException {
    var line = "sha256:" + kept.salt() + ":" + kept.hash() + "\n";
    Files.deleteIfExists(file);
    var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    var posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    try (var channel =
        posix
            ? Files.newByteChannel(
                file,
                options,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
            : Files.newByteChannel(file, options)) {
      channel.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII)));
    }
    return kept;
  }

  private static Kept read(Path file) throws IOException {
    var found = LINE.matcher(Files.readString(file));
    if (!found.matches()) {
      throw damaged(file);
    }
    return new Kept(found.group(1), found.group(2));
  }

  private static App.ConfigException damaged(Path file) {
    return new App.ConfigException(
        List.of(file + " is damaged. Delete it to have a new administrator's key made."));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}
