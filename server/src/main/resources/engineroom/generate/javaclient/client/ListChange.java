package {{package}}.client;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What becomes of the rows of a list when the row that it belongs to is written.
 *
 * @param <I> their ids
 * @param <C> what new ones take
 * @param <U> what changes of them take
 */
public final class ListChange<I, C extends Input, U extends Input> {
  private final Values<I> ids;
  private final Map<String, List<Json>> members = new LinkedHashMap<>();

  /** Nothing yet. */
  public ListChange(Values<I> ids) {
    this.ids = ids;
  }

  private ListChange<I, C, U> add(String what, Json json) {
    members.computeIfAbsent(what, name -> new ArrayList<>()).add(json);
    return this;
  }

  /** A new row. */
  public ListChange<I, C, U> create(C row) {
    return add("create", row.json());
  }

  /** A row of elsewhere comes into the list. */
  public ListChange<I, C, U> link(I id) {
    return add("link", ids.json(id));
  }

  /** A row leaves the list, and stays. */
  public ListChange<I, C, U> unlink(I id) {
    return add("unlink", ids.json(id));
  }

  /** A row of the list changes. */
  public ListChange<I, C, U> update(I id, U change) {
    return add("update", change.json().with("id", ids.json(id)));
  }

  /** A row of the list is deleted. */
  public ListChange<I, C, U> delete(I id) {
    return add("delete", ids.json(id));
  }

  /** As it is sent. */
  public Json json() {
    var json = new LinkedHashMap<String, Json>();
    members.forEach((name, elements) -> json.put(name, Json.of(elements)));
    return new Json.Object(json);
  }
}
