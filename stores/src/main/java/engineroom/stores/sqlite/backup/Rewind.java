package engineroom.stores.sqlite.backup;

import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.model.Entity;
import engineroom.model.Model;
import engineroom.outcome.Change;
import engineroom.problem.ProblemException;
import engineroom.store.Transaction;
import engineroom.store.Versions;
import engineroom.stores.sqlite.SqliteDatabase;
import engineroom.stores.sqlite.SqliteStore;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/// Takes a copy of a database back to an earlier moment: undoes what its change log holds, the last
/// change first, and refuses where a row is not as the log says.
final class Rewind {
  private static final int STEP = 1_000;
  private static final String WHOLE =
      "Restore a whole backup instead: engineroom restore FILE, without --at and --sequence.";

  private final Path database;
  private final Model model;

  Rewind(Path database, Model model) {
    this.database = database;
    this.model = model;
  }

  /// Goes back, and gives the number of the last change that is in.
  long to(Moment moment) throws IOException {
    refuseUnlogged();
    try {
      var sequence = end(moment);
      undo(sequence);
      finish(sequence);
      return sequence;
    } catch (SQLException e) {
      throw new IOException(e);
    } catch (ProblemException e) {
      throw new BackupRefused(
          "The moment can't be reached: " + e.problem().title() + words(e), WHOLE);
    }
  }

  private static String words(ProblemException e) {
    var errors = e.problem().errors();
    return errors.isEmpty()
        ? ""
        : " ("
            + String.join("; ", errors.stream().map(v -> v.path() + " " + v.message()).toList())
            + ")";
  }

  /// Rows of the program's own stay as they are: its logs tell of what is undone too.
  private void refuseUnlogged() {
    var unlogged =
        model.entities().values().stream()
            .filter(entity -> entity.access().whose() == Entity.Access.Whose.OWNER)
            .filter(entity -> !entity.notes().changes())
            .map(Entity::name)
            .toList();
    if (!unlogged.isEmpty()) {
      throw new BackupRefused(
          "What became of each "
              + String.join(", ", unlogged)
              + " is not known: the model says changes: off.",
          WHOLE);
    }
  }

  private long end(Moment moment) throws SQLException {
    try (var connection = Snapshot.open(database)) {
      return new LogEnd(connection).of(moment);
    }
  }

  private void undo(long sequence) {
    try (var opened = SqliteDatabase.open(database)) {
      var planned = opened.planned(model);
      if (!planned.isEmpty()) {
        throw new BackupRefused(
            "The model has changed since: " + String.join("; ", planned) + ".", WHOLE);
      }
      var store = opened.store(model);
      for (var last = last(store, sequence); last > sequence; last -= STEP) {
        undo(store, Math.max(sequence, last - STEP), last);
      }
      store.countAnew();
    }
  }

  /// The number of the last change in the log.
  private static long last(SqliteStore store, long after) {
    var last = after;
    for (var more = store.changes(last, STEP); !more.isEmpty(); more = store.changes(last, STEP)) {
      last = more.getLast().sequence();
    }
    return last;
  }

  private void undo(SqliteStore store, long after, long last) {
    var changes = store.changes(after, (int) (last - after)).reversed();
    store.write(
        transaction -> {
          changes.forEach(change -> undo(transaction, change));
          return changes.size();
        });
  }

  private void undo(Transaction transaction, Change change) {
    known(change);
    var name = change.entity();
    switch (change.kind()) {
      case CREATED -> {
        current(transaction, change);
        transaction.delete(name, change.id());
      }
      case CHANGED -> {
        var row = current(transaction, change);
        for (var field : change.before().entrySet()) {
          row = row.with(field.getKey(), field.getValue());
        }
        transaction.update(name, row, change.before().keySet());
      }
      case DELETED -> {
        if (transaction.find(name, change.id()).isPresent()) {
          throw otherwise(change, "it is there, and the log says that it was deleted");
        }
        transaction.insert(name, new Row(change.before()));
      }
    }
    var entity = model.entity(name);
    if (entity.life().history()) {
      new Versions(transaction, entity).undone(change);
    }
  }

  /// Refuses what the model has no place for any more.
  private void known(Change change) {
    var entity =
        model
            .findEntity(change.entity())
            .orElseThrow(
                () ->
                    new BackupRefused(
                        "The log tells of a " + change.entity() + ", which the model has no more.",
                        WHOLE));
    for (var fields : List.of(change.before(), change.after())) {
      for (var field : fields.keySet()) {
        if (!entity.kept().containsKey(field)) {
          throw new BackupRefused(
              "The log tells of " + entity.name() + "." + field + ", which the model has no more.",
              WHOLE);
        }
      }
    }
  }

  /// The row that a change has made, which must be as the change left it.
  private static Row current(Transaction transaction, Change change) {
    var row =
        transaction
            .find(change.entity(), change.id())
            .orElseThrow(() -> otherwise(change, "it is gone"));
    for (Map.Entry<String, Value> field : change.after().entrySet()) {
      if (!row.value(field.getKey()).equals(field.getValue())) {
        throw otherwise(change, "its " + field.getKey() + " has another value");
      }
    }
    return row;
  }

  private static BackupRefused otherwise(Change change, String how) {
    return new BackupRefused(
        "A row of "
            + change.entity()
            + " is not as change "
            + change.sequence()
            + " of the log left it: "
            + how
            + ". It was changed past the log.",
        WHOLE);
  }

  private void finish(long sequence) throws SQLException {
    try (var connection = Snapshot.open(database)) {
      new LogEnd(connection).cut(sequence);
      Snapshot.run(connection, "PRAGMA journal_mode = DELETE");
      var wrong = Proof.unsound(connection);
      if (!wrong.isEmpty()) {
        throw new BackupRefused(
            "The rows of the moment don't fit each other: " + String.join("; ", wrong) + ".",
            WHOLE);
      }
    }
  }
}
