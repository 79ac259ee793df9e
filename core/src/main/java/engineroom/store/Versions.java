package engineroom.store;

import engineroom.data.JsonText;
import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.model.Entity;
import engineroom.model.History;
import engineroom.outcome.Change;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Keeps what rows were, in the transaction that makes them something else: each version from when
/// until when, and who made it what it is. A deletion is a version, too, with the values that the
/// row had last.
///
/// No two versions of a row are there at once, not even where the clock goes back: then a version
/// begins when the one before it did.
public final class Versions {
  public static final String CREATE = "create";
  public static final String UPDATE = "update";
  public static final String DELETE = "delete";

  /// Who is named where nobody knows who brought a version about.
  private static final String FOUND = "restore";

  private static final Set<String> END = Set.of(History.UNTIL);

  private final Transaction transaction;
  private final Entity entity;
  private final String past;

  /// @param entity with a history
  public Versions(Transaction transaction, Entity entity) {
    this.transaction = transaction;
    this.entity = entity;
    this.past = History.past(entity.name());
  }

  /// What a version is found by.
  public static Value id(Value row, long version) {
    var text = row instanceof Value.Text(var plain) ? plain : JsonText.of(row).replace("\"", "");
    return Value.of(text + ":" + version);
  }

  /// The version with a number.
  public Optional<Row> find(Value row, long version) {
    return transaction.find(past, id(row, version));
  }

  /// Keeps the first version of a row, or the next one of a row that was deleted before.
  public void created(Row row, Change.Origin origin) {
    next(row, row.version() - 1, CREATE, origin);
  }

  /// Keeps the version that a row has now.
  public void changed(Row before, Row after, Change.Origin origin) {
    next(after, before.version(), UPDATE, origin);
  }

  /// Keeps another value of a field of the version that a row has now.
  public void completed(Row row, String field) {
    var kept = row.with("id", id(row.id(), row.version()));
    transaction.update(past, kept, Set.of(field));
  }

  /// Keeps that a row is gone.
  public void deleted(Row row, Change.Origin origin) {
    next(row.with("version", Value.of(row.version() + 1)), row.version(), DELETE, origin);
  }

  private void next(Row row, long last, String kind, Change.Origin origin) {
    var before = find(row.id(), last);
    var from = from(before, origin.time());
    before.ifPresent(kept -> transaction.update(past, kept.with(History.UNTIL, from), END));
    transaction.insert(past, kept(row, from, kind, origin));
  }

  private static Value from(Optional<Row> before, Instant now) {
    var time = new Value.Timestamp(now);
    return before
        .map(kept -> kept.value(History.FROM))
        .filter(last -> last instanceof Value.Timestamp(var at) && at.isAfter(time.instant()))
        .orElse(time);
  }

  private Row kept(Row row, Value from, String kind, Change.Origin origin) {
    var values = new LinkedHashMap<String, Value>();
    for (var field : entity.kept().values()) {
      if (!field.secret()) {
        values.put(field.name(), row.value(field.name()));
      }
    }
    values.put("id", id(row.id(), row.version()));
    values.put(History.ROW, row.id());
    values.put(History.FROM, from);
    values.put(History.UNTIL, Value.NULL);
    values.put(History.KIND, Value.of(kind));
    values.put(History.BY, Value.of(origin.caller()));
    values.put(History.REQUEST, Value.of(origin.requestId()));
    return new Row(values);
  }

  /// Forgets the version that a change brought about, and opens the one before it again.
  public void undone(Change change) {
    var now = number(change.after().get("version"));
    var was = number(change.before().get("version"));
    if (change.kind() == Change.Kind.CHANGED && !change.after().containsKey("version")) {
      return; // it completed a version, which goes with the change that brought it about
    }
    switch (change.kind()) {
      case CREATED -> back(change.id(), now, now - 1);
      case CHANGED -> back(change.id(), now, was);
      case DELETED -> back(change.id(), was + 1, was);
    }
  }

  private static long number(@Nullable Value version) {
    return version instanceof Value.Integer(var number) ? number : 0;
  }

  private void back(Value row, long gone, long last) {
    transaction.delete(past, id(row, gone));
    find(row, last)
        .ifPresentOrElse(
            kept -> transaction.update(past, kept.with(History.UNTIL, Value.NULL), END),
            () -> transaction.find(entity.name(), row).ifPresent(this::found));
  }

  /// Keeps a row of a time before versions were kept, so that each row has a version.
  private void found(Row row) {
    var since = row.value("updatedAt");
    var time = since instanceof Value.Timestamp(var instant) ? instant : Instant.EPOCH;
    transaction.insert(past, kept(row, since, UPDATE, new Change.Origin(FOUND, FOUND, time)));
  }
}
