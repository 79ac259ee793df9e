package {{package}}.client;

/**
 * One group of rows, and what was measured of it.
 *
 * @param <E> the rows
 */
public record Total<E>(Json.Object json) {
  /** How many rows are in it. */
  public long count() {
    return Values.WHOLE.read(json.at("count"));
  }

  /** What the rows of the group have in common. */
  public <V> V of(Group<E, V> group) {
    return group.values().read(json.at("group").object().at(group.name()));
  }

  /** What was measured; null where no row has a value. */
  public <V> V of(Measure<E, V> measure) {
    return measure.values().read(json.at(measure.how()).object().at(measure.name()));
  }
}
