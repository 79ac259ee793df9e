package engineroom.stores.copy;

import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.model.History;
import engineroom.model.Model;
import engineroom.stores.kept.RowText;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// Takes over what the change log tells of: each row that changed is read again, and put into the
/// target or taken out of it, in the transaction that puts the changes into its log.
final class Follower {
  private final Map<String, Pair> pairs;
  private final Pair log;
  private final Side target;
  private final RowText texts;

  Follower(Model model, Map<String, Pair> pairs, Side target) {
    this.pairs = pairs;
    this.log = Objects.requireNonNull(pairs.get(OwnTables.CHANGES));
    this.target = target;
    this.texts = new RowText(model);
  }

  /// Takes over all changes behind those that were followed.
  ///
  /// @param settled changes above this number are taken over too, but may be told of again: others
  ///   may come between them
  /// @return the number of the last change that was there
  long follow(CopyRecord record, long settled) {
    var last = record.followed();
    while (true) {
      var changes = log.from().behind(change(last));
      if (changes.isEmpty()) {
        settle(record, settled);
        return last;
      }
      var end = number(changes.getLast());
      target.change(
          () -> {
            take(changes);
            record.followed(Math.max(record.followed(), Math.min(end, settled)));
            return true;
          });
      last = end;
    }
  }

  private void settle(CopyRecord record, long settled) {
    if (record.followed() < settled) {
      target.change(
          () -> {
            record.followed(settled);
            return true;
          });
    }
  }

  private static Row change(long number) {
    return new Row(Map.of(OwnTables.NUMBER, Value.of(number)));
  }

  private static long number(Row change) {
    return change.value(OwnTables.NUMBER) instanceof Value.Integer(var number) ? number : 0;
  }

  private void take(List<Row> changes) {
    changes.forEach(log.to()::delete);
    log.to().insert(changes);
    changed(changes).forEach(this::take);
  }

  private Map<String, Set<Value>> changed(List<Row> changes) {
    var changed = new LinkedHashMap<String, Set<Value>>();
    for (var change : changes) {
      if (change.value("entity") instanceof Value.Text(var entity)
          && change.value("row_id") instanceof Value.Text(var id)) {
        changed.computeIfAbsent(entity, _ -> new LinkedHashSet<>()).add(texts.id(entity, id));
      }
    }
    changed.keySet().retainAll(pairs.keySet()); // others had another name then, or are gone
    return changed;
  }

  private void take(String entity, Set<Value> ids) {
    var pair = Objects.requireNonNull(pairs.get(entity));
    var rows = ids.stream().map(id -> new Row(Map.of("id", id))).toList();
    rows.forEach(pair.to()::delete);
    pair.to().insert(rows.stream().flatMap(row -> pair.from().find(row).stream()).toList());
    var past = pairs.get(History.past(entity));
    if (past != null) {
      ids.forEach(id -> past.to().deleteHaving(History.ROW, id));
      past.to()
          .insert(
              ids.stream().flatMap(id -> past.from().having(History.ROW, id).stream()).toList());
    }
  }
}
