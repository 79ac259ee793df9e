package engineroom.account.password;

import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;
import org.jspecify.annotations.Nullable;

/// A hash by bcrypt, as other programs made it.
///
/// bcrypt cuts a password after 72 bytes, and repeats a shorter one with a zero byte between: so
/// neither a longer one nor one with a zero byte in it may match, whatever its hash is.
///
/// @param text the whole stored text
record BcryptHash(String text) implements StoredHash {
  private static final int PASSWORD_BYTES_MAX = 72;

  /// A second or so; each step is twice the work.
  private static final int COST_MAX = 14;

  private static final int COST_MIN = 4;

  /// The salt's last character holds two bits that count.
  private static final Pattern FORM =
      Pattern.compile("\\$2[aby]\\$(\\d\\d)\\$[./A-Za-z0-9]{21}[.Oeu][./A-Za-z0-9]{31}");

  static @Nullable BcryptHash read(String stored) {
    var form = FORM.matcher(stored);
    if (!form.matches()) {
      return null;
    }
    int cost = Integer.parseInt(form.group(1));
    return cost < COST_MIN || cost > COST_MAX ? null : new BcryptHash(stored);
  }

  @Override
  public boolean matches(byte[] password) {
    if (password.length > PASSWORD_BYTES_MAX) {
      return false;
    }
    for (byte one : password) {
      if (one == 0) {
        return false;
      }
    }
    return OpenBSDBCrypt.checkPassword(text, password);
  }

  @Override
  public boolean weak() {
    return true;
  }
}
