package engineroom.door.graphql.answer;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The bytes of an answer as they are written, and where null stood that can't.
public final class AnswerBytes extends ByteArrayOutputStream {
  private final List<List<Object>> holes = new ArrayList<>();
  private List<Object> trail = new ArrayList<>();

  public AnswerBytes() {
    super(1_024);
  }

  /// Text in UTF-8.
  public void text(String text) {
    writeBytes(text.getBytes(StandardCharsets.UTF_8));
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
