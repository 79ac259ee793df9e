package {{package}}.client;

/**
 * What a row is found by where it is written: its id, or a unique key.
 *
 * @param <E> the rows
 * @param fields as `product,author`
 */
public record UniqueKey<E>(String fields) {}
