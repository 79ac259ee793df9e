package {{package}}.client;

import java.util.Optional;

/**
 * A row of another entity: its id, and the row itself where it was expanded and the caller may see
 * it.
 *
 * @param <I> its id
 * @param <R> its row
 */
public interface Reference<I, R> {
  /** The id. */
  I id();

  /** The row, where there is more of it than the id. */
  Optional<R> row();
}
