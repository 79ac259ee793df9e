package {{package}}.client;

import java.util.List;

/**
 * A field with texts.
 *
 * @param <E> the entity's rows
 */
public final class TextField<E> extends OrderedField<E, String> {
  TextField(List<String> path) {
    super(path, Values.TEXT);
  }

  /** A field of an entity. */
  public TextField(String... path) {
    this(List.of(path));
  }

  /** `%` stands for any characters, `_` for one. */
  public Condition<E> like(String pattern) {
    return condition("like", Json.of(pattern));
  }

  /** As `like`, without regard to case. */
  public Condition<E> likeIgnoringCase(String pattern) {
    return condition("ilike", Json.of(pattern));
  }

  /** It begins so. */
  public Condition<E> startsWith(String text) {
    return condition("startsWith", Json.of(text));
  }

  /** It ends so. */
  public Condition<E> endsWith(String text) {
    return condition("endsWith", Json.of(text));
  }

  /** It has this in it. */
  public Condition<E> contains(String text) {
    return condition("contains", Json.of(text));
  }
}
