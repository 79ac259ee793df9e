package engineroom.cli;

import static engineroom.problem.ProblemException.problem;

import engineroom.http.Authenticator;
import engineroom.operation.Caller;
import engineroom.problem.AuthorizeProblem.BadCredentials;
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
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.jspecify.annotations.Nullable;

/// The administrator's key. Only a hash of it is kept: SHA-256 of a key that we made, which has 192
/// random bits and can't be guessed, and PBKDF2 of one that the owner chose, which may be weaker.
public final class AdministratorKey implements Authenticator {
  /// The file in the data folder.
  public static final String FILE = "administrator.key";

  private static final String BEARER = "Bearer ";
  private static final String PREFIX = "er_admin_";
  private static final int RANDOM_BYTES = 24;
  private static final int CHOSEN_MIN = 16;
  private static final int KEY_BYTES_MAX = 1024;
  private static final int ROUNDS = 600_000;

  private static final Pattern LINE =
      Pattern.compile("(sha256|pbkdf2):([0-9a-f]{32}):([0-9a-f]{64})\\s*");

  private final Kept kept;

  /// The digest of a key that was found good, so that PBKDF2 runs once and not for each request.
  private final AtomicReference<byte[]> good = new AtomicReference<>(new byte[0]);

  private AdministratorKey(Kept kept) {
    this.kept = kept;
  }

  /// What is written of a key: how it was hashed, and salt and hash in hexadecimal.
  private record Kept(String method, String salt, String hash) {
    static Kept of(String method, char[] key, byte[] salt) {
      var hex = HexFormat.of();
      return new Kept(method, hex.formatHex(salt), hex.formatHex(digest(method, key, salt)));
    }

    boolean matches(String key) {
      return MessageDigest.isEqual(
          HexFormat.of().parseHex(hash), digest(method, key.toCharArray(), saltBytes()));
    }

    byte[] saltBytes() {
      return HexFormat.of().parseHex(salt);
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
        return new AdministratorKey(chosen(chosen, file, random));
      }
      if (Files.exists(file)) {
        return new AdministratorKey(read(file));
      }
      return new AdministratorKey(make(file, random, notes));
    } catch (IOException e) {
      throw new UncheckedIOException("The administrator's key can't be kept in " + file + ".", e);
    }
  }

  @Override
  public Caller caller(String authorization) {
    if (authorization.isEmpty()) {
      return Caller.Guest.GUEST;
    }
    if (authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
        && authorization.length() <= KEY_BYTES_MAX
        && good(authorization.substring(BEARER.length()).strip())) {
      return Caller.Administrator.ADMINISTRATOR;
    }
    throw problem(
        new BadCredentials("The key is not known. Send Authorization: Bearer and a valid key."));
  }

  private boolean good(String key) {
    var digest = digest("sha256", key.toCharArray(), kept.saltBytes());
    if (MessageDigest.isEqual(digest, good.get())) {
      return true;
    }
    var matches = kept.matches(key);
    if (matches) {
      good.set(digest);
    }
    return matches;
  }

  private static Kept chosen(char[] key, Path file, SecureRandom random) throws IOException {
    if (key.length < CHOSEN_MIN) {
      throw new App.ConfigException(
          List.of(
              "ENGINEROOM_ADMIN_KEY has "
                  + key.length
                  + " characters, and must have at least "
                  + CHOSEN_MIN
                  + ". Unset it to have a key made for you."));
    }
    if (Files.exists(file)) {
      var kept = read(file);
      if (kept.matches(new String(key))) {
        return kept;
      }
    }
    var salt = new byte[16];
    random.nextBytes(salt);
    return write(file, Kept.of("pbkdf2", key, salt));
  }

  private static Kept make(Path file, SecureRandom random, PrintStream notes) throws IOException {
    var bytes = new byte[RANDOM_BYTES];
    random.nextBytes(bytes);
    var key = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    var salt = new byte[16];
    random.nextBytes(salt);
    var kept = write(file, Kept.of("sha256", key.toCharArray(), salt));
    notes.println("The administrator's key, shown this once, is " + key);
    return kept;
  }

  private static Kept write(Path file, Kept kept) throws IOException {
    var line = kept.method() + ":" + kept.salt() + ":" + kept.hash() + "\n";
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
    return new Kept(found.group(1), found.group(2), found.group(3));
  }

  private static App.ConfigException damaged(Path file) {
    return new App.ConfigException(
        List.of(file + " is damaged. Delete it to have a new administrator's key made."));
  }

  private static byte[] digest(String method, char[] key, byte[] salt) {
    try {
      if (method.equals("pbkdf2")) {
        var spec = new PBEKeySpec(key, salt, ROUNDS, 256);
        return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
            .generateSecret(spec)
            .getEncoded();
      }
      var digest = MessageDigest.getInstance("SHA-256");
      digest.update(salt);
      return digest.digest(new String(key).getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has " + method, e);
    }
  }
}
