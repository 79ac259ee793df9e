package {{package}}.client;

/**
 * A condition on groups of rows, by what was measured of them.
 *
 * @param <E> the rows
 * @param path as `sum.total.gt`
 */
public record Having<E>(String path, Json value) {
  /** More rows than this are in the group. */
  public static <E> Having<E> countMoreThan(long rows) {
    return new Having<>("count.gt", Json.of(rows));
  }

  /** Fewer rows than this are in the group. */
  public static <E> Having<E> countLessThan(long rows) {
    return new Having<>("count.lt", Json.of(rows));
  }

  void in(Parameters parameters) {
    var text = value instanceof Json.Text exact ? exact.value() : value.written();
    parameters.add("having." + path, text);
  }
}
