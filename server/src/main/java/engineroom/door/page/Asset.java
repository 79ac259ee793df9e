package engineroom.door.page;

import engineroom.http.Request;
import engineroom.http.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;

/// A script or a style sheet that a page loads: named by its content, so that browsers keep it.
public final class Asset {
  private final String type;
  private final byte[] plain;
  private final byte[] zipped;
  private final String tag;

  private Asset(String type, byte[] plain) {
    this.type = type;
    this.plain = plain;
    this.zipped = gzip(plain);
    this.tag = tag(plain);
  }

  /// One of text.
  ///
  /// @param type `text/javascript`
  public static Asset of(String type, String text) {
    return new Asset(type, text.getBytes(StandardCharsets.UTF_8));
  }

  /// One of the class path.
  ///
  /// @param type `text/javascript`
  public static Asset resource(String type, String resource) {
    try (var in = Asset.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("the program lacks its own file " + resource);
      }
      return new Asset(type, in.readAllBytes());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static byte[] gzip(byte[] bytes) {
    var out = new ByteArrayOutputStream(bytes.length / 3);
    try (var zip = new GZIPOutputStream(out)) {
      zip.write(bytes);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return out.toByteArray();
  }

  /// What tells bytes from any other.
  public static String tag(byte[] bytes) {
    try {
      var digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(digest, 0, 12);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }

  /// What tells this content from any other.
  public String tag() {
    return tag;
  }

  /// The asset as an answer that may be kept for a year.
  public Response answer(Request request) {
    boolean zips =
        request.headers().find("Accept-Encoding").filter(text -> text.contains("gzip")).isPresent();
    var answer = Response.of(200, type + "; charset=utf-8", zips ? zipped : plain);
    return (zips ? answer.with("Content-Encoding", "gzip") : answer)
        .with("X-Content-Type-Options", "nosniff")
        .with("Cache-Control", "public, max-age=31536000, immutable")
        .with("Vary", "Accept-Encoding");
  }
}
