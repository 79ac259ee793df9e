package engineroom.run;

import engineroom.authorize.Allowed;
import engineroom.data.JsonText;
import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.model.Entity;
import engineroom.operation.Call;
import engineroom.operation.Caller;
import engineroom.outcome.Change;
import engineroom.outcome.Change.Origin;
import engineroom.outcome.Outcome;
import engineroom.store.Store.Binding;
import engineroom.store.Transaction;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// What a write tells: the row as its caller may see it, and the change as the log keeps it.
final class Answers {
  private final Reads reads;

  Answers(Reads reads) {
    this.reads = reads;
  }

  /// The row as it is now within the transaction; its id alone where the caller may not see it.
  byte[] json(Transaction transaction, Allowed.Writing allowed, Value id) {
    var view = allowed.answer();
    if (view != null) {
      var rules = allowed.rules();
      var binding = new Binding(rules.arguments(view, id), 1, 0, rules.call().timeLimit());
      var rows = transaction.read(reads.statement(view), binding).rows();
      if (!rows.isEmpty()) {
        return rows.getFirst();
      }
    }
    var alone = new StringBuilder("{\"id\":");
    JsonText.append(alone, id);
    return alone.append('}').toString().getBytes(StandardCharsets.UTF_8);
  }

  /// A row as it was written, which nothing has touched since. Where it answers by itself, the
  /// store is not asked.
  byte[] json(Work work, Allowed.Writing allowed, Entity entity, Row row) {
    var view = allowed.answer();
    return view != null && OwnJson.suffices(view.shape()) && work.checks(entity).shows(row)
        ? OwnJson.write(view.shape(), row)
        : json(work.transaction(), allowed, row.id());
  }

  /// Who did it, for the log.
  static Origin origin(Call call) {
    var caller =
        switch (call.caller()) {
          case Caller.Guest _ -> "guest";
          case Caller.Administrator _ -> "administrator";
          case Caller.Program _ -> "program";
          case Caller.User user -> plain(user.id());
        };
    return new Origin(caller, call.requestId(), call.time());
  }

  /// An id as text.
  static String plain(Value id) {
    return id instanceof Value.Text(var text) ? text : JsonText.of(id).replace("\"", "");
  }

  static Change created(String entity, Row row, Origin origin) {
    return new Change(0, entity, row.id(), Change.Kind.CREATED, Map.of(), row.values(), origin);
  }

  static Change changed(String entity, Row before, Row after, Origin origin) {
    var was = new LinkedHashMap<String, Value>();
    var is = new LinkedHashMap<String, Value>();
    after
        .values()
        .forEach(
            (field, value) -> {
              if (!value.equals(before.value(field))) {
                was.put(field, before.value(field));
                is.put(field, value);
              }
            });
    return new Change(0, entity, after.id(), Change.Kind.CHANGED, was, is, origin);
  }

  static Change deleted(String entity, Row row, Origin origin) {
    return new Change(0, entity, row.id(), Change.Kind.DELETED, row.values(), Map.of(), origin);
  }

  static Outcome.Written.Row written(Row row, boolean created, byte[] json) {
    return new Outcome.Written.Row(row.id(), row.version(), created, json);
  }
}
