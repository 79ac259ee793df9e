package engineroom.account.token;

/// Whom a token speaks for.
///
/// @param user the id of the user's row: `sub`
/// @param client the id of the app that asked: `client_id`
/// @param session the id of the session's row: `sid`
/// @param version of the user's rights when it was issued: `ver`; a higher one at the row ends it
public record TokenSubject(String user, String client, String session, long version) {
  private static final int LENGTH_MAX = 255;

  public TokenSubject {
    check("user", user);
    check("client", client);
    check("session", session);
    if (version < 0) {
      throw new IllegalArgumentException("a version must be 0 or more, was " + version);
    }
  }

  private static void check(String name, String text) {
    if (text.isEmpty() || text.length() > LENGTH_MAX) {
      throw new IllegalArgumentException(
          "a token's " + name + " must have 1 to " + LENGTH_MAX + " characters");
    }
  }
}
