package {{package}}.client;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A question for rows; nothing is sent before one of its last words: `list`, `page`, `stream`,
 * `first`, `count`.
 *
 * @param <R> the rows
 */
public final class Question<R> {
  private final Rows<R, ?, ?, ?> rows;
  private final Json.Object asked;

  Question(Rows<R, ?, ?, ?> rows, Json.Object asked) {
    this.rows = rows;
    this.asked = asked;
  }

  private Question<R> with(String name, Json value) {
    return new Question<>(rows, asked.with(name, value));
  }

  /** Rows that are like this as well. */
  public Question<R> where(Condition<R> condition) {
    var before = asked.at("where");
    var both =
        before == Json.Null.NULL ? condition : new Condition<R>(before.object()).and(condition);
    return with("where", both.json());
  }

  /** In this order. */
  @SafeVarargs
  @SuppressWarnings("varargs")
  public final Question<R> sort(SortKey<R>... keys) {
    return with("sort", Json.of(Stream.of(keys).map(SortKey::text).map(Json::of).toList()));
  }

  /** So many rows, or so many on each page; 50 usually, 500 at most. */
  public Question<R> limit(int limit) {
    return with("limit", Json.of(limit));
  }

  /** Without the first ones. */
  public Question<R> offset(int offset) {
    return with("offset", Json.of(offset));
  }

  /** Behind the page whose `next` this is. */
  public Question<R> after(String next) {
    return with("after", Json.of(next));
  }

  /** Pages tell how many rows there are on all of them. */
  public Question<R> counted() {
    return with("count", Json.of("exact"));
  }

  /** Some rows of it: 50, where no limit is given. */
  public List<R> list() {
    return page().rows();
  }

  /** Some rows of it, and where the next ones begin. */
  public Page<R> page() {
    return Page.read(rows.asked(asked), rows::read);
  }

  /** The first row, where there is one. */
  public Optional<R> first() {
    return limit(1).list().stream().findFirst();
  }

  /** How many rows there are. */
  public long count() {
    var question = with("count", Json.of("exact")).with("limit", Json.of(1));
    var narrow = question.with("fields", Json.of(List.of(Json.of("id")))).asked;
    return Values.WHOLE.read(rows.counted(narrow).object().at("count"));
  }

  /** Every row, over all pages; each page is asked for when its first row is wanted. */
  public Stream<R> stream() {
    return pages().flatMap(page -> page.rows().stream());
  }

  /** Page after page, each asked for when it is wanted. */
  public Stream<Page<R>> pages() {
    var members = new LinkedHashMap<>(asked.members());
    members.remove("offset");
    var rest = new Question<>(rows, new Json.Object(members));
    return Pages.of(next -> next == null ? page() : rest.after(next).page());
  }

  /** Totals of these rows, whose conditions all hold. */
  public Totals<R> totals() {
    return new Totals<>(rows, asked);
  }

  /**
   * Every one of these rows, whose conditions all hold, as they come: read within one state,
   * however many there are. To be closed by whoever does not want all.
   */
  public Stream<R> exported() {
    var parameters = new Parameters();
    parameters.addAll("sort", asked.at("sort").elements().stream().map(Json::text).toList());
    PlainConditions.add(asked.at("where"), "", parameters);
    return rows.exported(parameters);
  }
}
