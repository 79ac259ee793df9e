package {{package}}.client;

import java.util.List;

/**
 * A field that refers to a row; given to `expand`, answers show that row whole.
 *
 * @param <E> the entity's rows
 * @param <T> the rows that it refers to
 * @param <I> their ids
 */
public final class ReferenceField<E, T, I> extends ValueField<E, I> implements Expandable<E> {
  ReferenceField(List<String> path, Values<I> ids) {
    super(path, ids);
  }

  /** A field of an entity. */
  public ReferenceField(Values<I> ids, String... path) {
    this(List.of(path), ids);
  }

  /** The row that it refers to is like this. */
  public Condition<E> where(Condition<T> condition) {
    return condition(condition.json());
  }

  /** A field of the row that it refers to. */
  public TextField<E> to(TextField<T> field) {
    return new TextField<>(joined(this, field));
  }

  /** A field of the row that it refers to. */
  public <V> NumberField<E, V> to(NumberField<T, V> field) {
    return new NumberField<>(joined(this, field), field.values());
  }

  /** A field of the row that it refers to. */
  public <V> TimeField<E, V> to(TimeField<T, V> field) {
    return new TimeField<>(joined(this, field), field.values());
  }

  /** A field of the row that it refers to. */
  public <V> OrderedField<E, V> to(OrderedField<T, V> field) {
    return new OrderedField<>(joined(this, field), field.values());
  }

  /** A field of the row that it refers to. */
  public <V> ValueField<E, V> to(ValueField<T, V> field) {
    return new ValueField<>(joined(this, field), field.values());
  }

  /** A field of the row that it refers to. */
  public <U, J> ReferenceField<E, U, J> to(ReferenceField<T, U, J> field) {
    return new ReferenceField<>(joined(this, field), field.values());
  }

  @Override
  public Expansion<E> expansion() {
    return Expansion.of(name());
  }

  /** Shown whole, with what its row refers to. */
  @SafeVarargs
  @SuppressWarnings("varargs")
  public final Expansion<E> expand(Expandable<T>... inner) {
    return expansion().within(inner);
  }

  /** Shown with these fields alone. */
  @SafeVarargs
  @SuppressWarnings("varargs")
  public final Expansion<E> fields(Field<T>... shown) {
    return expansion().only(shown);
  }
}
