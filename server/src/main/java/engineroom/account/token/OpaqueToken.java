package engineroom.account.token;

import java.security.SecureRandom;
import java.util.Optional;

/// A random token that means nothing by itself: its hash is looked up. `er_rt_…`: 256 random bits
/// behind a prefix that says what it is for, so that none passes for another, and that scanners of
/// leaked secrets know.
public final class OpaqueToken {
  /// What a token is for.
  public enum Kind {
    REFRESH("rt"),
    SESSION("st"),
    MAGIC_LINK("ml"),
    /// What an e-mail code is typed for.
    EMAIL_CODE("et"),
    PASSWORD_RESET("pr"),
    EMAIL_CONFIRMATION("ec"),
    /// Sent to the address that an account leaves.
    OLD_ADDRESS("oa"),
    /// Sent to the address that an account gets.
    NEW_ADDRESS("na"),
    INVITATION("in"),
    /// Unlocks an account at which somebody guessed too often.
    UNLOCK("ul"),
    /// For who has shown one factor of two: good for showing the other, and nothing else.
    SECOND_FACTOR("mf");

    private final String prefix;

    Kind(String letters) {
      this.prefix = "er_" + letters + "_";
    }

    /// `er_rt_`
    public String prefix() {
      return prefix;
    }
  }

  private static final int BYTES = 32;

  private final Kind kind;
  private final String text;

  private OpaqueToken(Kind kind, String text) {
    this.kind = kind;
    this.text = text;
  }

  public static OpaqueToken create(Kind kind, SecureRandom random) {
    var bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return new OpaqueToken(kind, kind.prefix() + Base64Url.text(bytes));
  }

  /// Empty for any text that is not a token of this very kind.
  public static Optional<OpaqueToken> parse(Kind kind, String text) {
    if (!text.startsWith(kind.prefix())) {
      return Optional.empty();
    }
    var bytes = Base64Url.bytes(text.substring(kind.prefix().length()));
    return bytes == null || bytes.length != BYTES
        ? Optional.empty()
        : Optional.of(new OpaqueToken(kind, text));
  }

  public Kind kind() {
    return kind;
  }

  /// What its holder gets, once. Never stored, never logged.
  public String text() {
    return text;
  }

  /// What is stored, and what it is looked up by: SHA-256 in base64url.
  public String hash() {
    return Base64Url.text(Hashing.sha256(text));
  }

  /// Without the secret.
  @Override
  public String toString() {
    return kind.prefix() + "…";
  }
}
