package {{package}}.client;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The rows of a list of one row: `shop.lines().in(shop.orders(), id, OrderFields.LINES)`.
 *
 * @param <R> the rows
 * @param <I> their ids
 * @param <C> what new ones take
 */
public final class Sublist<R, I, C extends Input> {
  private final Rows<R, I, C, ?> rows;
  private final String path;
  private final List<String> sort;

  Sublist(Rows<R, I, C, ?> rows, String path, List<String> sort) {
    this.rows = rows;
    this.path = path;
    this.sort = List.copyOf(sort);
  }

  /** In this order. */
  @SafeVarargs
  @SuppressWarnings("varargs")
  public final Sublist<R, I, C> sort(SortKey<R>... keys) {
    return new Sublist<>(rows, path, Stream.of(keys).map(SortKey::text).toList());
  }

  /** The first of its rows, and where the next ones begin. */
  public Page<R> page(int limit) {
    return page(null, limit);
  }

  private Page<R> page(String after, int limit) {
    var request = new Request("GET", path);
    rows.shown(request).parameters.addAll("sort", sort).add("limit", limit);
    if (after != null) {
      request.parameters.add("after", after);
    }
    return Page.read(rows.sent(request), rows::read);
  }

  /** Every row of it; each page is asked for when its first row is wanted. */
  public Stream<R> stream() {
    Function<String, Page<R>> ask = after -> page(after, 500);
    return Pages.of(ask).flatMap(page -> page.rows().stream());
  }

  /** A new row in the list: `LineCreate.nested()` needs no order. */
  public R create(C row) {
    return rows.read(rows.sent(rows.writing("POST", path).body(row.json())));
  }

  /** A row of elsewhere comes into the list. */
  public R link(I id) {
    var row = Json.EMPTY.with("id", rows.ids().json(id));
    return rows.read(rows.sent(rows.writing("POST", path).body(row)));
  }

  /** A row leaves the list: it stays where it can be without, and is deleted otherwise. */
  public void remove(I id) {
    rows.sent(new Request("DELETE", path + "/" + Parameters.encoded(id.toString())));
  }
}
