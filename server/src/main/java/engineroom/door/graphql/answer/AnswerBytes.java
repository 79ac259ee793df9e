package engineroom.door.graphql.answer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The bytes of an answer as they are written, by one thread, and where null stood that can't.
public final class AnswerBytes {
  private static final int FIRST_LENGTH = 1_024;

  private final List<List<Object>> holes = new ArrayList<>();
  private List<Object> trail = new ArrayList<>();
  private byte[] bytes = new byte[FIRST_LENGTH];
  private int count;

  private void room(int more) {
    int needed = Math.addExact(count, more);
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(needed, bytes.length + (bytes.length >> 1)));
    }
  }

  /// Makes room for so much at once, so that what is there is not copied again and again.
  public void expect(int more) {
    room(more);
  }

  /// One byte.
  public void write(int one) {
    room(1);
    bytes[count++] = (byte) one;
  }

  /// Some bytes of an array.
  public void write(byte[] from, int start, int length) {
    room(length);
    System.arraycopy(from, start, bytes, count, length);
    count += length;
  }

  /// All bytes of an array.
  public void writeBytes(byte[] all) {
    write(all, 0, all.length);
  }

  /// Text in UTF-8.
  public void text(String text) {
    writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  /// How many bytes there are.
  public int size() {
    return count;
  }

  /// All of them.
  public byte[] toByteArray() {
    return Arrays.copyOf(bytes, count);
  }

  /// Takes back what was written behind a position.
  public void shorten(int to) {
    count = to;
  }

  /// Null can't stand here: the way to it, from the inside out.
  void step(Object segment) {
    trail.addFirst(segment);
  }

  boolean stepping() {
    return !trail.isEmpty();
  }

  /// What held the hole became null.
  public void settle() {
    if (!trail.isEmpty()) {
      holes.add(List.copyOf(trail));
      trail = new ArrayList<>();
    }
  }

  /// Where null stood that can't since this was asked last, each as a path.
  public List<List<Object>> takeHoles() {
    var taken = List.copyOf(holes);
    holes.clear();
    return taken;
  }
}
