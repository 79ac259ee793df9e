package engineroom.transfer;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Lines that are needed again only if their transaction begins again. Those of CSV become one text
/// and where its cells end: thousands of small objects would be moved by each collection until the
/// transaction ends.
final class ShelvedLines {
  /// What is not all of CSV, as it is; else empty.
  private final List<Line> other;

  private final String text;
  private final long[] numbers;

  /// How many cells a line has, and where each ends in the text.
  private final int[] marks;

  private ShelvedLines(List<Line> other, String text, long[] numbers, int[] marks) {
    this.other = other;
    this.text = text;
    this.numbers = numbers;
    this.marks = marks;
  }

  static ShelvedLines of(List<Line> lines) {
    var text = new StringBuilder();
    var numbers = new long[lines.size()];
    var marks = IntStream.builder();
    for (int i = 0; i < numbers.length; i++) {
      if (!(lines.get(i) instanceof Line.Cells(var number, var cells))) {
        return new ShelvedLines(lines, "", new long[0], new int[0]);
      }
      numbers[i] = number;
      marks.add(cells.size());
      for (var cell : cells) {
        text.append(cell);
        marks.add(text.length());
      }
    }
    return new ShelvedLines(List.of(), text.toString(), numbers, marks.build().toArray());
  }

  /// Characters of all of them.
  long length() {
    return text.length() + other.stream().mapToLong(Line::length).sum();
  }

  /// The same lines again.
  List<Line> lines() {
    if (!other.isEmpty()) {
      return other;
    }
    var lines = new ArrayList<Line>(numbers.length);
    int mark = 0;
    int start = 0;
    for (long number : numbers) {
      var cells = new String[marks[mark++]];
      for (int i = 0; i < cells.length; i++) {
        cells[i] = text.substring(start, marks[mark]);
        start = marks[mark++];
      }
      lines.add(new Line.Cells(number, List.of(cells)));
    }
    return lines;
  }
}
