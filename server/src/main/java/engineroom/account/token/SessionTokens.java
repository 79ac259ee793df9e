package engineroom.account.token;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.SecretKey;

/// The tokens that carry a session: refresh tokens, each of which is followed by the next one, and
/// the token in a browser's cookie.
///
/// Each is the session's id, its place in the row of tokens, and an HMAC-SHA-256 of both under a
/// key that is not in the database. So nothing that is stored gives one away; a forged one is
/// refused without asking the store; an old one is known as such however old it is; and every
/// program that works out the successor of a token comes to the same.
public final class SessionTokens {
  private static final int MAC_BYTES = 32;
  private static final int BYTES = Long.BYTES * 2 + Integer.BYTES + MAC_BYTES;

  private final SecretKey key;

  public SessionTokens(MasterKey master) {
    this.key = master.derived("sessions", "HmacSHA256");
  }

  /// What a token says.
  ///
  /// @param session the id of its row
  /// @param place how many came before it
  public record Said(UUID session, int place) {}

  /// A token of a session.
  public String text(OpaqueToken.Kind kind, Said said) {
    var plain = plain(said);
    var mac = mac(kind, plain);
    var all = ByteBuffer.allocate(BYTES).put(plain).put(mac).array();
    return kind.prefix() + Base64Url.text(all);
  }

  /// What a token says; empty where we did not make it, or not for this.
  public Optional<Said> read(OpaqueToken.Kind kind, String text) {
    if (!text.startsWith(kind.prefix()) || text.length() > 2 * BYTES) {
      return Optional.empty();
    }
    var all = Base64Url.bytes(text.substring(kind.prefix().length()));
    if (all == null || all.length != BYTES) {
      return Optional.empty();
    }
    var plain = Arrays.copyOf(all, BYTES - MAC_BYTES);
    var mac = Arrays.copyOfRange(all, BYTES - MAC_BYTES, BYTES);
    if (!MessageDigest.isEqual(mac, mac(kind, plain))) {
      return Optional.empty();
    }
    var bytes = ByteBuffer.wrap(plain);
    return Optional.of(new Said(new UUID(bytes.getLong(), bytes.getLong()), bytes.getInt()));
  }

  private static byte[] plain(Said said) {
    return ByteBuffer.allocate(BYTES - MAC_BYTES)
        .putLong(said.session().getMostSignificantBits())
        .putLong(said.session().getLeastSignificantBits())
        .putInt(said.place())
        .array();
  }

  private byte[] mac(OpaqueToken.Kind kind, byte[] plain) {
    var prefix = kind.prefix();
    var bytes = ByteBuffer.allocate(prefix.length() + plain.length);
    prefix.chars().forEach(letter -> bytes.put((byte) letter));
    return Hashing.hmac(key, bytes.put(plain).array());
  }
}
