package {{package}}.client;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The rows of one entity: what can be asked of them and done to them. It does not change: `expand`,
 * `fields` and the like give another one, whose answers are shown or whose calls are made that way.
 *
 * @param <R> the rows
 * @param <I> their ids
 * @param <C> what new ones take
 * @param <U> what changes take
 */
public final class Rows<R, I, C extends Input, U extends Input> {
  /** Files take their time. */
  static final Duration TIME = Duration.ofMinutes(10);

  private final Connection connection;
  private final Kind<R, I> kind;
  private final Calling calling;

  /**
   * What there is to know of an entity.
   *
   * @param plural in paths: `orders`
   */
  public record Kind<R, I>(String plural, Values<I> ids, Function<Json, R> reader) {}

  /** How calls are made, and what of rows their answers show. */
  private record Calling(Shown shown, String key, Duration timeout, boolean trial, Instant asOf) {
    static final Calling USUAL = new Calling(Shown.ALL, null, null, false, null);
  }

  private Rows(Connection connection, Kind<R, I> kind, Calling calling) {
    this.connection = connection;
    this.kind = kind;
    this.calling = calling;
  }

  /** The rows of an entity, as the server of a connection has them. */
  public static <R, I, C extends Input, U extends Input> Rows<R, I, C, U> of(
      Connection connection, Kind<R, I> kind) {
    return new Rows<>(connection, kind, Calling.USUAL);
  }

  private Rows<R, I, C, U> calling(Calling other) {
    return new Rows<>(connection, kind, other);
  }

  private Rows<R, I, C, U> showing(Shown shown) {
    var now = calling;
    return calling(new Calling(shown, now.key, now.timeout, now.trial, now.asOf));
  }

  /** Answers show these references and lists whole. */
  @SafeVarargs
  @SuppressWarnings("varargs")
  public final Rows<R, I, C, U> expand(Expandable<R>... more) {
    return showing(calling.shown.with(more));
  }

  /** Answers show these fields and the id; all others are null. */
  @SafeVarargs
  @SuppressWarnings("varargs")
  public final Rows<R, I, C, U> fields(Field<R>... shown) {
    return showing(calling.shown.only(shown));
  }

  /** Rows as they were at a moment, of entities that keep a history. */
  public Rows<R, I, C, U> asOf(Instant moment) {
    var now = calling;
    return calling(new Calling(now.shown, now.key, now.timeout, now.trial, moment));
  }

  /** Writes check everything, and nothing stays. */
  public Rows<R, I, C, U> validating() {
    var now = calling;
    return calling(new Calling(now.shown, now.key, now.timeout, true, now.asOf));
  }

  /** The next write has this key, to be kept where a program may end and try again. */
  public Rows<R, I, C, U> idempotencyKey(String key) {
    var now = calling;
    return calling(new Calling(now.shown, key, now.timeout, now.trial, now.asOf));
  }

  /** Calls take so long at most. */
  public Rows<R, I, C, U> timeout(Duration limit) {
    var now = calling;
    return calling(new Calling(now.shown, now.key, limit, now.trial, now.asOf));
  }

  /** All rows that the caller may see. */
  public Question<R> all() {
    return new Question<>(this, Json.EMPTY);
  }

  /** The rows that are like this. */
  public Question<R> where(Condition<R> condition) {
    return all().where(condition);
  }

  /**
   * The row of this id; {@link Problem.NotFound} where there is none, or the caller may not see it.
   */
  public R get(I id) {
    var request = new Request("GET", at(id));
    calling.shown.in(request.parameters);
    return read(sent(moment(request)));
  }

  /** As `get`; empty where there is none. */
  public Optional<R> find(I id) {
    try {
      return Optional.of(get(id));
    } catch (ProblemException e) {
      if (e.problem() instanceof Problem.NotFound) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** A new row, with rows of its lists where some are given. */
  public R create(C row) {
    return read(sent(writing("POST", path()).body(row.json())));
  }

  /** New rows: all, or none. */
  public List<R> createAll(List<C> rows) {
    return readAll(writing("POST", path()).body(several(rows)));
  }

  /** Changes what is named; the rest stays. */
  public R update(I id, U change) {
    return read(sent(writing("PATCH", at(id)).body(change.json())));
  }

  /** As `update`, where the row still has this version; {@link Problem.Conflict} otherwise. */
  public R update(I id, long version, U change) {
    var request = writing("PATCH", at(id)).body(change.json());
    request.ifVersion = version;
    return read(sent(request));
  }

  /**
   * Changes every row that is like this, and says how many; where there are more than `max`, none.
   */
  public long updateAll(Condition<R> condition, int max, U change) {
    return count(many("PATCH", condition, max).body(change.json()));
  }

  /** Creates the row of this id, or replaces it. */
  public R put(I id, C row) {
    return read(sent(writing("PUT", at(id)).body(row.json())));
  }

  /** Creates a row, or replaces the one that has the same key. */
  public R upsert(UniqueKey<R> key, C row) {
    return read(sent(keyed(key).body(row.json())));
  }

  /** As `upsert`, of many rows: all, or none. */
  public List<R> upsertAll(UniqueKey<R> key, List<C> rows) {
    return readAll(keyed(key).body(several(rows)));
  }

  /** Deletes a row. */
  public void delete(I id) {
    sent(new Request("DELETE", at(id)));
  }

  /** As `delete`, where the row still has this version. */
  public void delete(I id, long version) {
    var request = new Request("DELETE", at(id));
    request.ifVersion = version;
    sent(request);
  }

  /**
   * Deletes every row that is like this, and says how many; where there are more than `max`, none.
   */
  public long deleteAll(Condition<R> condition, int max) {
    return count(many("DELETE", condition, max));
  }

  /** What a row was, the latest version first: of entities that keep a history. */
  public Stream<Version<R>> history(I id) {
    return all(at(id) + "/history", version -> Version.read(version, kind.reader));
  }

  /** Makes a row what it was. */
  public R restore(I id, long version) {
    return read(sent(writing("POST", at(id) + "/history/" + version + "/restore")));
  }

  /** Deleted rows that can be brought back, the latest first: of entities with a trash. */
  public Stream<Deleted<R>> trash() {
    return all(path() + "/trash", row -> Deleted.read(row, kind.reader));
  }

  private <T> Stream<T> all(String path, Function<Json, T> reader) {
    Function<String, Page<T>> ask =
        after -> {
          var request = new Request("GET", path);
          if (after != null) {
            request.parameters.add("after", after);
          }
          return Page.read(sent(request), reader);
        };
    return Pages.of(ask).flatMap(page -> page.rows().stream());
  }

  /** Brings a deleted row back. */
  public R undelete(I id) {
    return read(sent(writing("POST", path() + "/trash/" + encoded(id) + "/restore")));
  }

  /** Removes a deleted row for good. */
  public void discard(I id) {
    sent(new Request("DELETE", path() + "/trash/" + encoded(id)));
  }

  /** A file of rows is imported, once `run` is said. */
  public Import<R> importing(FileOfRows file) {
    return new Import<>(this, file);
  }

  /** The rows of a list of one row. */
  public <P, J> Sublist<R, I, C> in(Rows<P, J, ?, ?> of, J id, ListField<P, R> list) {
    return new Sublist<>(this, of.at(id) + "/" + list.name(), List.of());
  }

  Stream<R> exported(Parameters parameters) {
    var request = new Request("GET", path() + "/export");
    request.accept = FileOfRows.LINES;
    request.parameters.addAll(parameters);
    calling.shown.fields(request.parameters);
    made(request, TIME);
    var lines = connection.lines(request).filter(line -> !line.isBlank());
    return lines.map(Json::parse).map(this::read);
  }

  /** A row as answers and problems have it: `rows.read(conflict.current())`. */
  public R read(Json row) {
    return kind.reader.apply(row);
  }

  Json asked(Json.Object question) {
    return counted(calling.shown.in(question));
  }

  Json counted(Json.Object question) {
    var request = new Request("POST", path() + "/query").body(question);
    return sent(moment(request.repeat(Request.Repeat.SAFE)));
  }

  Json aggregated(Parameters parameters) {
    var request = new Request("GET", path() + "/aggregate");
    request.parameters.addAll(parameters);
    return sent(moment(request));
  }

  Json sent(Request request) {
    return sent(request, null);
  }

  /** Takes so long at most, where the caller has not said otherwise. */
  Json sent(Request request, Duration usual) {
    made(request, usual);
    return connection.send(request);
  }

  private void made(Request request, Duration usual) {
    request.key = calling.key;
    request.timeout = calling.timeout == null ? usual : calling.timeout;
  }

  Request shown(Request request) {
    calling.shown.in(request.parameters);
    return request;
  }

  String path() {
    return "/api/" + kind.plural;
  }

  String at(I id) {
    return path() + "/" + encoded(id);
  }

  private static String encoded(Object id) {
    return Parameters.encoded(id.toString());
  }

  private Request moment(Request request) {
    if (calling.asOf != null) {
      request.parameters.add("asOf", calling.asOf);
    }
    return request;
  }

  Request writing(String method, String path) {
    var request = new Request(method, path);
    calling.shown.in(request.parameters);
    return trial(request);
  }

  private Request trial(Request request) {
    if (calling.trial) {
      request.parameters.add("validate", "only");
    }
    return request;
  }

  private Request keyed(UniqueKey<R> key) {
    var request = writing("PUT", path());
    request.parameters.add("by", key.fields());
    return request;
  }

  private Request many(String method, Condition<R> condition, int max) {
    var request = trial(new Request(method, path()));
    request.parameters.add("max", max);
    PlainConditions.add(condition.json(), "", request.parameters);
    return request;
  }

  private long count(Request request) {
    return Values.WHOLE.read(sent(request).object().at("count"));
  }

  private List<R> readAll(Request request) {
    return sent(request).object().at("data").elements().stream().map(this::read).toList();
  }

  private static Json several(List<? extends Input> rows) {
    return Json.of(rows.stream().map(Input::json).toList());
  }

  /** A request of a batch. */
  Request step(String method, I id, Input row) {
    var request = writing(method, id == null ? path() : path() + "/" + id);
    return row == null ? request : request.body(row.json());
  }

  Values<I> ids() {
    return kind.ids;
  }
}
