package {{package}}.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A field of an entity, by which its rows can be asked for; `CUSTOMER.to(NAME)` is one behind a
 * reference.
 *
 * @param <E> the entity's rows
 */
public abstract class Field<E> {
  private final List<String> path;

  Field(List<String> path) {
    this.path = List.copyOf(path);
  }

  /** Its name, behind those of the references that lead to it: `customer.name`. */
  public final String name() {
    return String.join(".", path);
  }

  final List<String> path() {
    return path;
  }

  static List<String> joined(Field<?> before, Field<?> behind) {
    var all = new ArrayList<>(before.path);
    all.addAll(behind.path);
    return all;
  }

  final Condition<E> condition(String operator, Json value) {
    return condition(new Json.Object(Map.of(operator, value)));
  }

  final Condition<E> condition(Json asked) {
    var json = asked;
    for (int i = path.size() - 1; i >= 0; i--) {
      json = new Json.Object(Map.of(path.get(i), json));
    }
    return new Condition<>(json.object());
  }

  /** There is no value. */
  public final Condition<E> isNull() {
    return condition("isNull", Json.of(true));
  }

  /** There is a value. */
  public final Condition<E> isNotNull() {
    return condition("isNull", Json.of(false));
  }

  @Override
  public String toString() {
    return name();
  }
}
