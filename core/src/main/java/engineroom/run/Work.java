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
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// One operation at work within its transaction: what the rows that it writes share.
final class Work {
  private final Transaction transaction;
  private final RowRules rules;
  private final Upkeep upkeep;
  private final Lasting lasting;
  private final Change.Origin origin;
  private final List<Change> events = new ArrayList<>();
  private final Map<Key, Integer> logged = new HashMap<>();
  private final List<Change> log = new ArrayList<>();
  private final List<Change> changes = new ArrayList<>();
  private final Set<Key> counted = new HashSet<>();
  private final List<Runnable> last = new ArrayList<>();
  private final Map<Key, Row> first = new HashMap<>();
  private final Map<Key, Row> latest = new LinkedHashMap<>();

  /// A row.
  private record Key(String entity, Value id) {}

  Work(Upkeep upkeep, Transaction transaction, RowRules rules) {
    this.upkeep = upkeep;
    this.transaction = transaction;
    this.rules = rules;
    this.lasting = new Lasting(this);
    this.origin = Answers.origin(rules.call());
  }

  Model model() {
    return upkeep.fields().model();
  }

  Transaction transaction() {
    return transaction;
  }

  RowRules rules() {
    return rules;
  }

  Numbers numbers() {
    return upkeep.numbers();
  }

  /// What may not change.
  Lasting lasting() {
    return lasting;
  }

  Change.Origin origin() {
    return origin;
  }

  /// What was done, with its numbers in the log; complete after [#end].
  List<Change> changes() {
    return changes;
  }

  /// What was done so far, step by step.
  List<Change> events() {
    return events;
  }

  RowChecks checks(Entity entity) {
    return new RowChecks(model(), entity, rules, transaction);
  }

  /// The number of the last version that a row had which is gone; 0 where there was none.
  long lastVersion(Entity entity, Value id) {
    return entity.life().history() ? upkeep.lastVersions().find(transaction, entity, id) : 0;
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
    events.add(change);
    logged.put(new Key(entity.name(), change.id()), log.size());
    log.add(change);
  }

  /// Whether nothing was done but so many steps at most, one for each row that was written: such a
  /// row is as it was written.
  boolean tookOnly(int steps) {
    return events.size() <= steps && latest.isEmpty();
  }

  /// A row that is about to be created, with what is worked out of it.
  Row filled(Entity entity, Row row) {
    return new Recomputation(upkeep.fields(), this).filled(entity, row);
  }

  /// Keeps a row in which one value was made anew: a change like others, told together with what
  /// the operation has done to the row otherwise.
  void recomputed(Entity entity, Row before, Row made, String field) {
    var key = new Key(entity.name(), before.id());
    boolean counts = count(entity, before.id());
    var after = counts ? Parents.next(entity, made, origin) : made;
    var written = new LinkedHashSet<>(Set.of(field));
    if (counts) {
      written.addAll(Parents.counting(entity));
    }
    transaction.update(entity.name(), after, written);
    first.putIfAbsent(key, before);
    latest.put(key, after);
    if (counts) {
      changed(entity, before, after);
      new Parents(this).touch(entity, after, before);
    } else {
      complete(entity, after, field);
      told(key, Answers.changed(entity.name(), before, after, origin), entity);
    }
  }

  /// Adds what was made anew to what the log tells of the row already.
  private void told(Key key, Change change, Entity entity) {
    var known = logged.get(key);
    if (known == null) {
      log(entity, change);
    } else {
      events.add(change);
      log.set(known, log.get(known).and(change));
    }
  }

  private void complete(Entity entity, Row row, String field) {
    if (entity.life().history()) {
      new Versions(transaction, entity).completed(row, field);
    }
  }

  /// Tells of another value in a version that the operation has made.
  void completed(Entity entity, Row before, Row after, String field) {
    complete(entity, after, field);
    log(entity, Answers.changed(entity.name(), before, after, origin));
  }

  /// Holds a row whose values were made anew against the checks that mention such values.
  private void follow(Key key) {
    var row = latest.get(key);
    var entity = model().entity(key.entity());
    if (row != null) {
      checks(entity).computed(row, first.getOrDefault(key, row));
    }
  }

  /// A row that was just written, as it is now: somebody else's table has values of its own for
  /// columns, and changes what it is given.
  Row kept(Entity entity, Row row) {
    return entity.adopted() == null ? row : transaction.find(entity.name(), row.id()).orElse(row);
  }

  /// A written row with what was worked out of it since.
  Row latest(Entity entity, Row row) {
    return latest.getOrDefault(new Key(entity.name(), row.id()), row);
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

  private boolean isKept(Change change) {
    return model().entity(change.entity()).notes().changes();
  }

  /// Does what was left for the end: makes anew what follows from what was done, holds checks, and
  /// writes the log.
  void end() {
    new Recomputation(upkeep.fields(), this).run();
    last.forEach(Runnable::run);
    latest.keySet().forEach(this::follow);
    var numbered = transaction.log(log.stream().filter(this::isKept).toList()).iterator();
    for (var change : log) {
      changes.add(isKept(change) ? numbered.next() : change);
    }
    upkeep.watch().made(rules.call(), changes);
  }
}
