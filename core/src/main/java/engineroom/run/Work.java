package engineroom.run;

import engineroom.authorize.RowRules;
import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.model.Entity;
import engineroom.model.Model;
import engineroom.outcome.Change;
import engineroom.store.Transaction;
import engineroom.store.Versions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// One operation at work within its transaction: what the rows that it writes share.
final class Work {
  private final Model model;
  private final Transaction transaction;
  private final RowRules rules;
  private final LastVersions lastVersions;
  private final Change.Origin origin;
  private final List<Change> changes = new ArrayList<>();
  private final Set<Key> counted = new HashSet<>();
  private final List<Runnable> last = new ArrayList<>();

  /// A row.
  private record Key(String entity, Value id) {}

  Work(Model model, Transaction transaction, RowRules rules, LastVersions lastVersions) {
    this.model = model;
    this.transaction = transaction;
    this.rules = rules;
    this.lastVersions = lastVersions;
    this.origin = Answers.origin(rules.call());
  }

  Model model() {
    return model;
  }

  Transaction transaction() {
    return transaction;
  }

  RowRules rules() {
    return rules;
  }

  Change.Origin origin() {
    return origin;
  }

  List<Change> changes() {
    return changes;
  }

  RowChecks checks(Entity entity) {
    return new RowChecks(entity, rules, transaction);
  }

  /// The number of the last version that a row had which is gone; 0 where there was none.
  long lastVersion(Entity entity, Value id) {
    return entity.life().history() ? lastVersions.find(transaction, entity, id) : 0;
  }

  /// Tells of a new row.
  void created(Entity entity, Row row) {
    if (entity.life().history()) {
      new Versions(transaction, entity).created(row, origin);
    }
    log(entity, Answers.created(entity.name(), row, origin));
  }

  /// Tells of a row that has another version.
  void changed(Entity entity, Row before, Row after) {
    if (entity.life().history()) {
      new Versions(transaction, entity).changed(before, after, origin);
    }
    log(entity, Answers.changed(entity.name(), before, after, origin));
  }

  /// Tells of a row that is gone.
  void deleted(Entity entity, Row row) {
    if (entity.life().history()) {
      new Versions(transaction, entity).deleted(row, origin);
    }
    log(entity, Answers.deleted(entity.name(), row, origin));
  }

  /// Adds a change to the log, where the entity keeps one, and to the outcome.
  private void log(Entity entity, Change change) {
    changes.add(entity.notes().changes() ? transaction.log(change) : change);
  }

  /// Notes that the row has its new version; false where it had it already.
  boolean count(Entity entity, Value id) {
    return counted.add(new Key(entity.name(), id));
  }

  /// Whether the operation has given the row a new version.
  boolean counted(Entity entity, Value id) {
    return counted.contains(new Key(entity.name(), id));
  }

  /// Holds something against the rows as they are when all of them are written.
  void atLast(Runnable check) {
    last.add(check);
  }

  /// Does what was left for the end.
  void end() {
    last.forEach(Runnable::run);
  }
}
