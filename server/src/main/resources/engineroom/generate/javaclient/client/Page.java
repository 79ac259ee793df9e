package {{package}}.client;

import java.util.List;
import java.util.function.Function;

/**
 * Some rows of many.
 *
 * @param next where the page after it begins; null at the end
 * @param count of all rows that fit, where it was asked for; null otherwise
 */
public record Page<R>(List<R> rows, String next, Long count) {
  public Page {
    rows = List.copyOf(rows);
  }

  /** Whether there are more rows behind these. */
  public boolean hasMore() {
    return next != null;
  }

  static <R> Page<R> read(Json answer, Function<Json, R> reader) {
    var members = answer.object();
    var rows = members.at("data").elements().stream().map(reader).toList();
    var next = members.at("page").object().at("next").text();
    return new Page<>(rows, next, Values.WHOLE.read(members.at("count")));
  }
}
