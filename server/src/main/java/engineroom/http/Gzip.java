package engineroom.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/// Compresses answers of text. A compressed answer has an ETag of its own, as RFC 9110 asks: `"7"`
/// becomes `"7-gzip"`, and [#plainTags] takes the suffix off again where a client sends it back.
final class Gzip {
  private static final int BYTES_MIN = 1024;
  private static final String SUFFIX = "-gzip\"";

  private Gzip() {}

  /// Whether answers of this type gain from it: text, and nothing that is compressed already.
  static boolean worthwhile(String contentType, int bytes) {
    return bytes >= BYTES_MIN
        && (contentType.startsWith("text/")
            || contentType.startsWith("application/json")
            || contentType.startsWith("application/problem+json")
            || contentType.startsWith("application/graphql-response+json")
            || contentType.startsWith("application/x-ndjson")
            || contentType.startsWith("application/javascript")
            || contentType.startsWith("image/svg+xml"));
  }

  /// Whether an `Accept-Encoding` field allows gzip.
  static boolean accepted(String acceptEncoding) {
    for (var part : acceptEncoding.toLowerCase(Locale.ROOT).split(",", -1)) {
      var coding = part.strip();
      if (coding.equals("gzip") || coding.startsWith("gzip;") || coding.startsWith("gzip ")) {
        return !coding.replace(" ", "").matches("gzip;q=0(\\.0*)?");
      }
    }
    return false;
  }

  static byte[] compress(byte[] bytes) {
    var out = new ByteArrayOutputStream(bytes.length / 3 + 64);
    try (var gzip = new Fast(out)) {
      gzip.write(bytes);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible); // a byte array takes everything
    }
    return out.toByteArray();
  }

  /// The ETag of the compressed form.
  static String tag(String plain) {
    return plain.endsWith("\"") ? plain.substring(0, plain.length() - 1) + SUFFIX : plain;
  }

  /// A field of ETags as they would be without compression.
  static String plainTags(String tags) {
    return tags.replace(SUFFIX, "\"");
  }

  private static final class Fast extends GZIPOutputStream {
    Fast(OutputStream out) throws IOException {
      super(out, 8192);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }
}
