package engineroom.door.graphql.allowed;

import engineroom.door.graphql.document.DocumentLimits;
import engineroom.door.graphql.document.DocumentScan;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One document that the owner wrote down.
///
/// @param file relative to the app's folder
/// @param id what a file of a client's compiler calls it, or null
/// @param text as clients send it
record WrittenDocument(Path file, @Nullable String id, String text) {
  /// The limits of requests hold when it is asked for; these only keep the scan from running away.
  private static final DocumentLimits AMPLE =
      new DocumentLimits(1_000, 100_000, 100_000, 100_000, 100_000, 1);

  /// What it says, without spaces and remarks.
  String plain() {
    return plain(text);
  }

  static String plain(String text) {
    return DocumentScan.plain(text, AMPLE);
  }

  /// The names of its operations.
  List<String> operations() {
    var names = new ArrayList<String>();
    int depth = 0;
    var words = plain().split(" ", -1);
    for (int i = 0; i + 1 < words.length; i++) {
      switch (words[i]) {
        case "{", "(", "[" -> depth++;
        case "}", ")", "]" -> depth--;
        case "query", "mutation", "subscription" -> {
          if (depth == 0 && words[i + 1].matches("[_A-Za-z]\\w*")) {
            names.add(words[i + 1]);
          }
        }
        default -> {
          // part of an operation
        }
      }
    }
    return names;
  }

  /// The hash by which clients name it.
  String hash() {
    return hash(text);
  }

  static String hash(String text) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
