package engineroom.rows;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/// Characters of a stream that must be UTF-8, one after the other. Says of bytes that are not where
/// they stand: all characters before them come first.
final class Utf8 {
  static final int END = -1;
  static final int MALFORMED = -2;

  private static final int SIZE = 1 << 16;

  private final InputStream in;
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);
  private final ByteBuffer bytes = ByteBuffer.allocate(SIZE).limit(0);
  private final CharBuffer text = CharBuffer.allocate(SIZE).limit(0);
  private boolean ended;
  private boolean malformed;

  Utf8(InputStream in) {
    this.in = in;
  }

  /// The next character, or [#END], or [#MALFORMED].
  int next() throws IOException {
    while (!text.hasRemaining()) {
      if (malformed) {
        return MALFORMED;
      }
      if (ended && !bytes.hasRemaining()) {
        return END;
      }
      fill();
    }
    return text.get();
  }

  /// What has been read of the stream and not been taken, for a look ahead.
  CharSequence ahead() throws IOException {
    if (!text.hasRemaining() && !ended && !malformed) {
      fill();
    }
    return text;
  }

  private void fill() throws IOException {
    bytes.compact();
    int read = in.readNBytes(bytes.array(), bytes.position(), bytes.remaining());
    ended = bytes.remaining() > read;
    bytes.position(bytes.position() + read).flip();
    text.clear();
    malformed = decoder.decode(bytes, text, ended).isError();
    text.flip();
  }
}
