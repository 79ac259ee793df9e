package {{package}}.client;

import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * The rows of a list, where it was expanded.
 *
 * @param <R> its rows
 */
public final class Listed<R> implements Iterable<R> {
  private final String name;
  private final List<R> rows;

  private Listed(String name, List<R> rows) {
    this.name = name;
    this.rows = rows;
  }

  /** Reads a list of a row. */
  public static <R> Listed<R> read(Json.Object row, String name, Function<Json, R> reader) {
    var member = row.at(name);
    var rows = member == Json.Null.NULL ? null : member.elements().stream().map(reader).toList();
    return new Listed<>(name, rows);
  }

  /** Whether it was expanded. */
  public boolean expanded() {
    return rows != null;
  }

  /**
   * The rows; throws where the list was not expanded, so that nobody takes that for an empty one.
   */
  public List<R> rows() {
    if (rows == null) {
      throw new IllegalStateException(name + " was not expanded. Name it in expand(…).");
    }
    return rows;
  }

  @Override
  public Iterator<R> iterator() {
    return rows().iterator();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Listed<?> listed
        && name.equals(listed.name)
        && Objects.equals(rows, listed.rows);
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, rows);
  }

  @Override
  public String toString() {
    return rows == null ? "(not expanded)" : rows.toString();
  }
}
