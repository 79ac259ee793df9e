package {{package}}.client;

import java.util.List;

/**
 * A field whose values can't be compared.
 *
 * @param <E> the entity's rows
 */
public final class PlainField<E> extends Field<E> {
  /** A field of an entity. */
  public PlainField(String... path) {
    super(List.of(path));
  }
}
