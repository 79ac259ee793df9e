package engineroom.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.json.Json;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ShelvedLinesTest {
  private static final List<String> CELLS = List.of("", "a", "Genève", "猫\uD83D\uDE00", "\"x\"\n");

  private static Line line(SplittableRandom random, long number) {
    var cells = random.ints(random.nextInt(12), 0, CELLS.size()).mapToObj(CELLS::get).toList();
    return new Line.Cells(number, cells);
  }

  @Test
  void gives_lines_back_as_they_were() {
    var random = new SplittableRandom(1);
    for (int size : new int[] {0, 1, 2, 300}) {
      var lines = IntStream.range(0, size).mapToObj(i -> line(random, 2 + 3L * i)).toList();
      assertThat(ShelvedLines.of(lines).lines()).isEqualTo(lines);
    }
  }

  @Test
  void gives_back_what_is_no_line_of_cells() {
    var lines =
        Stream.of(
                new Line.Cells(2, List.of("a")),
                new Line.Members(3, new Json.Obj(Map.of()), 2),
                new Line.Bad(4, "x", "is no row"))
            .map(Line.class::cast)
            .toList();
    assertThat(ShelvedLines.of(lines).lines()).isEqualTo(lines);
  }
}
