package engineroom.account;

import engineroom.data.Value;
import java.time.Instant;
import java.util.Optional;

/// One way of saying who calls: access tokens, cookies, keys.
interface Credential {
  /// What a text proves by itself.
  ///
  /// @param row that says how things stand: of a session or key
  /// @param until when the text is over
  record Proven(Value row, Instant until) {}

  /// What a text proves; empty where it is not good.
  Optional<Proven> prove(String text, Instant now);

  /// Who that is at this moment; empty where it was ended, or the user may not sign in.
  Optional<Standing> standing(Proven proven, Instant now);
}
