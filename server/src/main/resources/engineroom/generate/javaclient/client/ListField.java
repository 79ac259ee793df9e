package {{package}}.client;

import java.util.List;
import java.util.Map;

/**
 * The rows of another entity that refer to a row; given to `expand`, answers have them.
 *
 * @param <E> the entity's rows
 * @param <T> the rows of the list
 */
public final class ListField<E, T> implements Expandable<E> {
  private final String name;

  /** A list of an entity. */
  public ListField(String name) {
    this.name = name;
  }

  /** Its name. */
  public String name() {
    return name;
  }

  /** Some of its rows are like this. */
  public Condition<E> some(Condition<T> condition) {
    return quantified("some", condition);
  }

  /** All of its rows are like this. */
  public Condition<E> every(Condition<T> condition) {
    return quantified("every", condition);
  }

  /** None of its rows is like this. */
  public Condition<E> none(Condition<T> condition) {
    return quantified("none", condition);
  }

  private Condition<E> quantified(String how, Condition<T> condition) {
    var asked = new Json.Object(Map.of(how, condition.json()));
    return new Condition<>(new Json.Object(Map.of(name, asked)));
  }

  @Override
  public Expansion<E> expansion() {
    return Expansion.of(name);
  }

  /** Shown with what its rows refer to. */
  @SafeVarargs
  @SuppressWarnings("varargs")
  public final Expansion<E> expand(Expandable<T>... inner) {
    return expansion().within(inner);
  }

  /** So many of its rows are shown. */
  public Expansion<E> limit(int rows) {
    return expansion().limit(rows);
  }

  /** Its rows are shown in this order. */
  @SafeVarargs
  @SuppressWarnings("varargs")
  public final Expansion<E> sort(SortKey<T>... keys) {
    return expansion().sorted(List.of(keys).stream().map(SortKey::text).toList());
  }

  /** Only rows like this are shown: in questions for many rows, and nowhere else. */
  public Expansion<E> where(Condition<T> condition) {
    return expansion().filtered(condition.json());
  }
}
