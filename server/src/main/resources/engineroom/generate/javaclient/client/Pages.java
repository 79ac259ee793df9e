package {{package}}.client;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Page after page, each asked for when it is wanted. */
final class Pages<R> implements Iterator<Page<R>> {
  private final Function<String, Page<R>> ask;
  private String next;
  private boolean over;

  private Pages(Function<String, Page<R>> ask) {
    this.ask = ask;
  }

  /**
   * All pages.
   *
   * @param ask takes where the page begins; null for the first one
   */
  static <R> Stream<Page<R>> of(Function<String, Page<R>> ask) {
    var ordered = Spliterator.ORDERED | Spliterator.NONNULL;
    return StreamSupport.stream(
        Spliterators.spliteratorUnknownSize(new Pages<>(ask), ordered), false);
  }

  @Override
  public boolean hasNext() {
    return !over;
  }

  @Override
  public Page<R> next() {
    if (over) {
      throw new NoSuchElementException("the last page was given");
    }
    var page = ask.apply(next);
    next = page.next();
    over = !page.hasMore();
    return page;
  }
}
