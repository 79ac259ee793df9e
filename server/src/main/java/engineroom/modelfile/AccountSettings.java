package engineroom.modelfile;

import engineroom.account.password.BreachedPasswords;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What the owner sets under `accounts`.
///
/// @param anonymous whether there are accounts of which nobody said who they are
/// @param tokens what access tokens say and how they are signed
/// @param breached passwords that nobody may choose
/// @param unconfirmed how long an account that nobody uses waits for its address to be confirmed;
///   null for ever
/// @param rush what becomes of many who sign in at once
public record AccountSettings(
    SignUp signUp,
    Confirm confirm,
    boolean anonymous,
    Lengths lengths,
    Tokens tokens,
    BreachedPasswords breached,
    @Nullable Duration unconfirmed,
    Rush rush) {
  /// How long an account waits where nobody can sign in by it, and the owner says nothing.
  static final Duration UNCONFIRMED = Duration.ofDays(7);

  /// As long as the link that confirms an address is good.
  static final Duration UNCONFIRMED_MIN = Duration.ofDays(2);

  /// About access tokens.
  ///
  /// @param issuer what they name as their issuer
  /// @param audience what they are meant for
  public record Tokens(String issuer, String audience, Signature signature) {
    static final int NAME_MAX = 200;
  }

  /// How access tokens are signed, named as in a token's `alg` (RFC 7518, RFC 8037).
  public enum Signature {
    ES256("ES256"),
    ED_DSA("EdDSA"),
    RS256("RS256"),
    /// By a key that nobody else has, so that nobody else can verify them.
    HS256("HS256");

    private final String name;

    Signature(String name) {
      this.name = name;
    }

    /// As in `alg`.
    public String algorithm() {
      return name;
    }
  }

  /// Who may make an account for themselves.
  public enum SignUp {
    OPEN,
    INVITED,
    CLOSED
  }

  /// Whether an address is confirmed before somebody signs in by it.
  public enum Confirm {
    OPTIONAL,
    REQUIRED
  }

  /// What becomes of many who sign in at once while others are served.
  public enum Rush {
    /// A few of them begin each second, so that others notice nothing.
    WAIT,
    /// As many begin as the processors make, so that all are in as soon as possible.
    SHARE
  }

  /// How long things are good.
  ///
  /// @param access an access token
  /// @param session a session, however much it is used
  /// @param idle a session that is not used
  public record Lengths(Duration access, Duration session, Duration idle) {
    public Lengths {
      within("accessMinutes", access.toMinutes(), 60);
      within("sessionDays", session.toDays(), 3_650);
      within("idleDays", idle.toDays(), 3_650);
    }

    private static void within(String name, long value, int max) {
      if (value < 1 || value > max) {
        throw new IllegalArgumentException(name + " must be 1 to " + max + ", was " + value);
      }
    }

    static Lengths of(int accessMinutes, int sessionDays, int idleDays) {
      return new Lengths(
          Duration.ofMinutes(accessMinutes),
          Duration.ofDays(sessionDays),
          Duration.ofDays(idleDays));
    }
  }

  /// What holds where the owner says nothing.
  ///
  /// @param app its name
  public static AccountSettings defaults(String app) {
    return new AccountSettings(
        SignUp.OPEN,
        Confirm.OPTIONAL,
        false,
        Lengths.of(10, 30, 14),
        new Tokens(app, app, Signature.ES256),
        BreachedPasswords.NONE,
        null,
        Rush.WAIT);
  }
}
