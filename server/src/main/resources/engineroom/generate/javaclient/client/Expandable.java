package {{package}}.client;

/**
 * What of a row can be shown besides its own fields: a reference, or a list.
 *
 * @param <E> the entity's rows
 */
public interface Expandable<E> {
  /** How it is shown. */
  Expansion<E> expansion();
}
