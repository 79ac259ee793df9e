package engineroom.account.token;

import engineroom.json.Json;
import engineroom.json.JsonLimits;
import engineroom.json.JsonOut;
import engineroom.json.JsonReader;
import engineroom.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A signed text in the compact form (RFC 7515), read to the letter: one way to write each, no
/// member twice, and no header but those that we write ourselves.
///
/// @param signed what the signature is of
record Jws(Header header, byte[] signed, byte[] payload, byte[] signature) {
  /// @param algorithm `alg`, which only counts where the key has the same
  /// @param kid looked up in a map, and nowhere else
  record Header(String algorithm, String kid, @Nullable String type) {}

  static final int LENGTH_MAX = 8_192;
  private static final int PARTS = 3;

  /// `jku`, `x5u`, `jwk` and `x5c` bring keys along, `crit`, `b64` and `zip` change the meaning:
  /// rather than list what is harmful, we take what we know.
  private static final Set<String> HEADERS = Set.of("alg", "kid", "typ");

  private static final JsonLimits LIMITS = new JsonLimits(4, 2_048, 16, 64);

  /// @throws RefusedToken for anything else
  static Jws read(String text) {
    if (text.length() > LENGTH_MAX) {
      throw new RefusedToken(TokenFault.TOO_LONG);
    }
    var parts = text.split("\\.", -1);
    if (parts.length != PARTS) {
      throw new RefusedToken(TokenFault.MALFORMED);
    }
    var header = header(object(bytes(parts[0])));
    var signed = (parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII);
    return new Jws(header, signed, bytes(parts[1]), bytes(parts[2]));
  }

  static String text(Map<String, ?> header, byte[] payload, KeyMaterial key) {
    var head = Base64Url.text(JsonOut.bytes(header));
    var signed = head + "." + Base64Url.text(payload);
    var signature = key.sign(signed.getBytes(StandardCharsets.US_ASCII));
    return signed + "." + Base64Url.text(signature);
  }

  /// @throws RefusedToken where the key is for another algorithm, or did not sign this
  void verify(KeyMaterial key) {
    if (!header.algorithm().equals(key.algorithm().header())) {
      throw new RefusedToken(TokenFault.ALGORITHM);
    }
    if (!key.verify(signed, signature)) {
      throw new RefusedToken(TokenFault.SIGNATURE);
    }
  }

  /// The members of a JSON object.
  static Map<String, Json> object(byte[] bytes) {
    try {
      if (JsonReader.read(bytes, LIMITS) instanceof Json.Obj(var members)) {
        return members;
      }
    } catch (ProblemException notJson) {
      throw new RefusedToken(TokenFault.MALFORMED);
    }
    throw new RefusedToken(TokenFault.MALFORMED);
  }

  private static byte[] bytes(String part) {
    var bytes = Base64Url.bytes(part);
    if (bytes == null) {
      throw new RefusedToken(TokenFault.MALFORMED);
    }
    return bytes;
  }

  private static Header header(Map<String, Json> members) {
    if (!HEADERS.containsAll(members.keySet())) {
      throw new RefusedToken(TokenFault.HEADER);
    }
    return new Header(
        text(members.get("alg")),
        text(members.get("kid")),
        members.containsKey("typ") ? text(members.get("typ")) : null);
  }

  private static String text(@Nullable Json value) {
    if (value instanceof Json.Text(var text)) {
      return text;
    }
    throw new RefusedToken(TokenFault.HEADER);
  }
}
