package engineroom.audit;

import engineroom.data.Row;
import engineroom.data.Times;
import engineroom.data.Value;
import engineroom.json.Json;
import engineroom.json.JsonLimits;
import engineroom.json.JsonReader;
import engineroom.json.JsonWriter;
import engineroom.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// A signed statement: the log's entry of this number has this hash.
///
/// @param time as text, as it was signed
record Checkpoint(Kind kind, long number, String hash, String time, String key, String signature) {
  /// What is stated.
  enum Kind {
    /// The log went so far.
    CHECKPOINT("checkpoint"),
    /// The log was cut off up to there, because it was old.
    CUT("cut");

    private final String text;

    Kind(String text) {
      this.text = text;
    }
  }

  static Checkpoint sign(Kind kind, long number, String hash, Instant time, AuditKey key) {
    var at = Times.text(Times.microseconds(time));
    var text = text(kind, number, hash, at);
    return new Checkpoint(kind, number, hash, at, key.name(), key.sign(text));
  }

  private static String text(Kind kind, long number, String hash, String time) {
    return String.join("\n", "engineroom audit " + kind.text, "" + number, hash, time);
  }

  boolean good(AuditKey by) {
    return by.signed(text(kind, number, hash, time), signature);
  }

  Map<String, Value> values() {
    var values = new LinkedHashMap<String, Value>();
    values.put("kind", Value.of(kind.text));
    values.put("number", Value.of(number));
    values.put("hash", Value.of(hash));
    values.put("time", new Value.Timestamp(Instant.parse(time)));
    values.put("key", Value.of(key));
    values.put("signature", Value.of(signature));
    return values;
  }

  static Checkpoint of(Row row) {
    var time = row.value("time") instanceof Value.Timestamp(var at) ? Times.text(at) : "";
    return new Checkpoint(
        kind(Head.text(row, "kind")),
        Head.number(row, "number"),
        Head.text(row, "hash"),
        time,
        Head.text(row, "key"),
        Head.text(row, "signature"));
  }

  private static Kind kind(String text) {
    return text.equals(Kind.CUT.text) ? Kind.CUT : Kind.CHECKPOINT;
  }

  /// A line of a file.
  String line() {
    var members = new LinkedHashMap<String, Json>();
    members.put("kind", new Json.Text(kind.text));
    members.put("number", new Json.Num(Long.toString(number)));
    members.put("hash", new Json.Text(hash));
    members.put("time", new Json.Text(time));
    members.put("key", new Json.Text(key));
    members.put("signature", new Json.Text(signature));
    return JsonWriter.text(new Json.Obj(members));
  }

  /// Nothing where the line is none.
  static Optional<Checkpoint> parse(String line) {
    try {
      var json = JsonReader.read(line.getBytes(StandardCharsets.UTF_8), JsonLimits.defaults());
      if (!(json instanceof Json.Obj(var members))
          || !(members.get("number") instanceof Json.Num(var number))) {
        return Optional.empty();
      }
      return Optional.of(
          new Checkpoint(
              kind(text(members, "kind")),
              Long.parseLong(number),
              text(members, "hash"),
              text(members, "time"),
              text(members, "key"),
              text(members, "signature")));
    } catch (ProblemException | NumberFormatException _) {
      return Optional.empty(); // who reads the file tells which line is no good
    }
  }

  private static String text(Map<String, Json> members, String name) {
    return members.get(name) instanceof Json.Text(var text) ? text : "";
  }
}
