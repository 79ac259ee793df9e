package {{package}}.client;

import java.util.List;

/**
 * What became of a file.
 *
 * @param id by which it is undone; null where nothing was done
 * @param errors the first hundred refused lines
 */
public record Imported(
    String id, long created, long changed, long unchanged, long refused, List<Refused> errors) {
  public Imported {
    errors = List.copyOf(errors);
  }

  /**
   * A line that was refused.
   *
   * @param column null where it is about the whole line
   * @param problem what is wrong, as the server tells it
   */
  public record Refused(long line, String column, Json problem) {}

  static Imported read(Json answer) {
    var told = answer.object();
    return new Imported(
        told.at("id").text(),
        count(told, "created"),
        count(told, "changed"),
        count(told, "unchanged"),
        count(told, "refused"),
        told.at("errors").elements().stream().map(Imported::refused).toList());
  }

  private static long count(Json.Object told, String name) {
    var count = Values.WHOLE.read(told.at(name));
    return count == null ? 0 : count;
  }

  private static Refused refused(Json error) {
    var told = error.object();
    return new Refused(count(told, "line"), told.at("column").text(), told.at("problem"));
  }
}
