package engineroom.account.token;

import java.time.Duration;

/// What a signed token says. Each kind has its own `typ` and its own keys, so that none passes for
/// another even where a check were forgotten.
public enum TokenKind {
  /// Who calls (RFC 9068).
  ACCESS("access", "at+jwt", Duration.ofMinutes(10)),
  /// Who has passed the first factor only. No door takes it but the one for the second.
  MFA_STEP("mfa-step", "er-mfa+jwt", Duration.ofMinutes(10));

  private final String key;
  private final String type;
  private final Duration life;

  TokenKind(String key, String type, Duration life) {
    this.key = key;
    this.type = type;
    this.life = life;
  }

  /// Its stable name, as stored with its keys: `access`.
  public String key() {
    return key;
  }

  /// Its `typ`.
  public String type() {
    return type;
  }

  /// How long one is good.
  public Duration life() {
    return life;
  }
}
