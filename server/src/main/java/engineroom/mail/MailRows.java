package engineroom.mail;

import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.expression.Expression.Comparison;
import engineroom.json.Json;
import engineroom.json.JsonLimits;
import engineroom.json.JsonOut;
import engineroom.json.JsonReader;
import engineroom.mail.StoredMail.State;
import engineroom.records.Records;
import engineroom.records.Where;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The rows of the outbox. Each change of a state names the state before it, so that two senders
/// never both take one mail.
///
/// @param records of the transaction that a call is part of, or of the engine
record MailRows(Records records) {
  private static final String ENTITY = "mailMessage";
  private static final int ERROR_MAX = 500;

  void create(Message message, State state, @Nullable Instant due) {
    var values = new LinkedHashMap<String, Value>();
    values.put("template", new Value.Text(message.template()));
    values.put("address", new Value.Text(message.recipient().address()));
    values.put("name", new Value.Text(message.recipient().name()));
    values.put("language", new Value.Text(message.language()));
    var contents = new String(JsonOut.bytes(message.values()), StandardCharsets.UTF_8);
    values.put("contents", new Value.Text(contents));
    values.put("status", status(state));
    values.put("nextAttemptAt", time(due));
    records.create(ENTITY, values);
  }

  /// How many wait to be sent, counted up to a number.
  long waiting() {
    return records.count(ENTITY, in(State.QUEUED)) + records.count(ENTITY, in(State.SENDING));
  }

  /// Those that are due, the oldest first.
  List<StoredMail> due(Instant now, int limit) {
    var due = new ArrayList<StoredMail>();
    for (var state : List.of(State.QUEUED, State.SENDING)) {
      var where = in(state).and("nextAttemptAt", Comparison.LESS_OR_EQUAL, time(now));
      due.addAll(mails(records.all(ENTITY, where, limit - due.size())));
    }
    return due;
  }

  /// The newest.
  ///
  /// @param state null for any
  List<StoredMail> newest(@Nullable State state, int limit) {
    var where = state == null ? Where.ALL : in(state);
    return mails(records.last(ENTITY, where, "createdAt", limit));
  }

  Optional<StoredMail> find(UUID id) {
    return records.find(ENTITY, new Value.Uuid(id)).map(MailRows::mail);
  }

  /// Takes a mail for one attempt; false where somebody else has.
  ///
  /// @param until when it is due again should the attempt never end
  boolean take(StoredMail mail, Instant until) {
    return moved(
        mail,
        Map.of(
            "status", status(State.SENDING),
            "attempts", new Value.Integer(mail.attempts() + 1),
            "nextAttemptAt", time(until)));
  }

  /// The mail as it is now.
  StoredMail reread(StoredMail mail) {
    return records.find(ENTITY, mail.id()).map(MailRows::mail).orElse(mail);
  }

  /// Ends the attempt well, and forgets what the mail said.
  boolean sent(StoredMail taken, Instant now) {
    var values = new LinkedHashMap<String, Value>();
    values.put("status", status(State.SENT));
    values.put("contents", Value.NULL);
    values.put("nextAttemptAt", Value.NULL);
    values.put("lastError", Value.NULL);
    values.put("sentAt", time(now));
    return moved(taken, values);
  }

  /// Ends the attempt.
  ///
  /// @param next null where none follows
  boolean ended(StoredMail taken, String error, @Nullable Instant next) {
    return moved(
        taken,
        Map.of(
            "status", status(next == null ? State.FAILED : State.QUEUED),
            "nextAttemptAt", time(next),
            "lastError", new Value.Text(shortened(error))));
  }

  /// Puts a mail into the queue again, with all its attempts before it.
  boolean again(StoredMail mail, Instant now) {
    return moved(
        mail,
        Map.of(
            "status", status(State.QUEUED),
            "attempts", new Value.Integer(0),
            "nextAttemptAt", time(now)));
  }

  /// Forgets what old mails said that were not sent.
  void wipe(State state, Instant before, int max) {
    var where = in(state).and("createdAt", Comparison.LESS, time(before));
    for (var mail :
        mails(records.all(ENTITY, where.and("contents", Comparison.NOT_EQUAL, Value.NULL), max))) {
      moved(mail, Map.of("contents", Value.NULL));
    }
  }

  /// Deletes mails that ended before a time.
  void delete(State state, Instant before, int max) {
    var where = in(state).and("createdAt", Comparison.LESS, time(before));
    for (var row : records.all(ENTITY, where, max)) {
      records.deleteWhere(ENTITY, Where.is("id", row.id()), 1);
    }
  }

  /// Deletes all but the newest.
  void keepNewest(State state, int kept, int max) {
    var newest = newest(state, kept);
    if (newest.size() == kept) {
      delete(state, newest.getLast().written(), max);
    }
  }

  private boolean moved(StoredMail mail, Map<String, Value> values) {
    var unchanged =
        in(mail.state())
            .andIs("id", mail.id())
            .andIs("attempts", new Value.Integer(mail.attempts()));
    return records.changeWhere(ENTITY, unchanged, values, 1) == 1;
  }

  private static Where in(State state) {
    return Where.is("status", status(state));
  }

  private static Value status(State state) {
    return new Value.Text(state.word());
  }

  private static Value time(@Nullable Instant instant) {
    return instant == null ? Value.NULL : new Value.Timestamp(instant);
  }

  private static String shortened(String error) {
    var line = Plain.line(error);
    return line.length() <= ERROR_MAX ? line : line.substring(0, ERROR_MAX - 1) + "…";
  }

  private static List<StoredMail> mails(List<Row> rows) {
    return rows.stream().map(MailRows::mail).toList();
  }

  private static StoredMail mail(Row row) {
    return new StoredMail(
        row.id(),
        instant(row, "createdAt"),
        text(row, "template"),
        new Mailbox(text(row, "name"), text(row, "address")),
        text(row, "language"),
        row.value("contents") instanceof Value.Text(var json) ? values(json) : null,
        State.find(text(row, "status")).orElseThrow(),
        row.value("attempts") instanceof Value.Integer(var count) ? (int) count : 0,
        row.value("nextAttemptAt") instanceof Value.Timestamp(var due) ? due : null,
        row.value("lastError") instanceof Value.Text(var error) ? error : null);
  }

  private static Map<String, String> values(String json) {
    var values = new LinkedHashMap<String, String>();
    var bytes = json.getBytes(StandardCharsets.UTF_8);
    if (JsonReader.read(bytes, JsonLimits.defaults()) instanceof Json.Obj(var members)) {
      members.forEach(
          (name, value) -> values.put(name, value instanceof Json.Text(var text) ? text : ""));
    }
    return values;
  }

  private static String text(Row row, String field) {
    return row.value(field) instanceof Value.Text(var text) ? text : "";
  }

  private static Instant instant(Row row, String field) {
    return row.value(field) instanceof Value.Timestamp(var instant) ? instant : Instant.EPOCH;
  }
}
