package {{package}}.client;

import java.util.List;
import java.util.Map;

/**
 * What rows of an entity must be like to be found.
 *
 * @param <E> the entity's rows
 * @param json as questions have it
 */
public record Condition<E>(Json.Object json) {
  /** Words to be found in the searched fields of a row. */
  public static <E> Condition<E> search(String words) {
    return new Condition<>(new Json.Object(Map.of("search", Json.of(words))));
  }

  /** Both hold. */
  public Condition<E> and(Condition<E> other) {
    return several("and", other);
  }

  /** One of both holds, or both. */
  public Condition<E> or(Condition<E> other) {
    return several("or", other);
  }

  private Condition<E> several(String how, Condition<E> other) {
    return new Condition<>(new Json.Object(Map.of(how, Json.of(List.of(json, other.json)))));
  }

  /** It does not hold. */
  public Condition<E> not() {
    return new Condition<>(new Json.Object(Map.of("not", json)));
  }
}
