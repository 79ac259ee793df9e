package engineroom.account.token;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/// A key by which a program calls: `er_<environment>_<id>_<secret>`. The id finds its row, the hash
/// of the whole is compared with what the row keeps.
public final class ApiKey {
  private static final int SECRET_BYTES = 32;
  private static final Pattern ENVIRONMENT = Pattern.compile("[a-z][a-z0-9]{0,15}");
  private static final Pattern FORM =
      Pattern.compile("er_(" + ENVIRONMENT.pattern() + ")_([A-Za-z0-9_-]{22})_([A-Za-z0-9_-]{43})");

  private final String environment;
  private final UUID id;
  private final String text;

  private ApiKey(String environment, UUID id, String text) {
    this.environment = environment;
    this.id = id;
    this.text = text;
  }

  /// A new key, with a secret of 256 random bits.
  ///
  /// @param environment as `live` or `test`: lower-case letters and digits
  /// @param id of the row that keeps its hash
  public static ApiKey create(String environment, UUID id, SecureRandom random) {
    if (!ENVIRONMENT.matcher(environment).matches()) {
      throw new IllegalArgumentException(
          "an API key's environment is 1 to 16 lower-case letters and digits, was " + environment);
    }
    var secret = new byte[SECRET_BYTES];
    random.nextBytes(secret);
    var start = "er_" + environment + "_" + Base64Url.text(bytes(id)) + "_";
    return new ApiKey(environment, id, start + Base64Url.text(secret));
  }

  /// Empty for any text that is not an API key.
  public static Optional<ApiKey> parse(String text) {
    var form = FORM.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    var id = Base64Url.bytes(form.group(2));
    var secret = Base64Url.bytes(form.group(3));
    return id == null || secret == null
        ? Optional.empty()
        : Optional.of(new ApiKey(form.group(1), uuid(id), text));
  }

  public String environment() {
    return environment;
  }

  public UUID id() {
    return id;
  }

  /// What its holder gets, once. Never stored, never logged.
  public String text() {
    return text;
  }

  /// What is stored: SHA-256 of the whole key in base64url.
  public String hash() {
    return Base64Url.text(Hashing.sha256(text));
  }

  /// Whether this is the key whose hash is stored; compares in constant time.
  public boolean matches(String storedHash) {
    return Hashing.same(hash(), storedHash);
  }

  /// Without the secret.
  @Override
  public String toString() {
    return "er_" + environment + "_" + Base64Url.text(bytes(id)) + "_…";
  }

  private static byte[] bytes(UUID id) {
    return ByteBuffer.allocate(2 * Long.BYTES)
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .array();
  }

  private static UUID uuid(byte[] bytes) {
    var buffer = ByteBuffer.wrap(bytes);
    return new UUID(buffer.getLong(), buffer.getLong());
  }
}
