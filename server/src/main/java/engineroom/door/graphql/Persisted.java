package engineroom.door.graphql;

import engineroom.json.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Documents that clients send once and name by their hash afterwards, as Apollo's automatic
/// persisted queries do.
final class Persisted {
  /// Documents kept; beyond it the one named longest ago is forgotten, and sent again.
  static final int KEPT_MAX = 1_000;

  /// Longer ones are not kept.
  static final int CHARACTERS_MAX = 16_384;

  private static final String EXTENSION = "persistedQuery";

  private final Map<String, String> kept =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
          return size() > KEPT_MAX;
        }
      };

  /// The document that a request asks for; null where it names one that is not known.
  @Nullable String document(GraphRequest request) {
    var hash = hash(request);
    var text = request.query();
    if (hash == null) {
      if (text == null) {
        throw GraphRequest.bad("There is no query.", "Send {\"query\": \"{ … }\"}.");
      }
      return text;
    }
    if (text == null) {
      synchronized (kept) {
        return kept.get(hash);
      }
    }
    if (!sha256(text).equals(hash)) {
      throw GraphRequest.bad(
          "sha256Hash is not the hash of the query.", "Hash the text exactly as it is sent.");
    }
    if (text.length() <= CHARACTERS_MAX) {
      synchronized (kept) {
        kept.put(hash, text);
      }
    }
    return text;
  }

  /// The hash by which a request names its document, or null.
  static @Nullable String hash(GraphRequest request) {
    var extension = request.extensions().get(EXTENSION);
    if (extension == null || extension == Json.Null.NULL) {
      return null;
    }
    if (extension instanceof Json.Obj(var members)
        && members.get("version") instanceof Json.Num(var version)
        && version.equals("1")
        && members.get("sha256Hash") instanceof Json.Text(var hash)) {
      return hash;
    }
    throw GraphRequest.bad(
        EXTENSION + " is not one of version 1.", "Write {\"version\": 1, \"sha256Hash\": \"…\"}.");
  }

  private static String sha256(String text) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
