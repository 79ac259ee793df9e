package {{package}}.client;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Several requests that are one transaction: all are done, or none. Later ones may use what earlier
 * ones give: `var order = batch.create(shop.orders(), …); … OrderRef.of(order.value("id"))`.
 */
public final class Batch {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Connection connection;
  private final List<Json> requests = new ArrayList<>();
  private final List<Step<?>> steps = new ArrayList<>();

  /** Names can't be guessed, so no text of a row is taken for a reference. */
  private final String secret;

  /** A batch without requests. */
  public Batch(Connection connection) {
    this.connection = connection;
    var bytes = new byte[12];
    RANDOM.nextBytes(bytes);
    this.secret = HexFormat.of().formatHex(bytes);
  }

  /** One request of a batch. */
  public static final class Step<R> {
    private final String name;
    private final Function<Json, R> reader;
    private R row;
    private boolean done;

    private Step(String name, Function<Json, R> reader) {
      this.name = name;
      this.reader = reader;
    }

    /** Stands for a value of the answer in later requests of the batch. */
    public String value(String field) {
      return "$" + name + "." + field;
    }

    /** The row that came of it; null for one that was deleted. */
    public R row() {
      if (!done) {
        throw new IllegalStateException("The batch has not been sent.");
      }
      return row;
    }

    private void answered(Json body) {
      row = body == Json.Null.NULL ? null : reader.apply(body);
      done = true;
    }
  }

  /** A new row. */
  public <R, I, C extends Input, U extends Input> Step<R> create(Rows<R, I, C, U> rows, C row) {
    return add(rows::read, rows.step("POST", null, row));
  }

  /** A change of a row. */
  public <R, I, C extends Input, U extends Input> Step<R> update(
      Rows<R, I, C, U> rows, I id, U change) {
    return add(rows::read, rows.step("PATCH", id, change));
  }

  /** As `update`, where the row still has this version. */
  public <R, I, C extends Input, U extends Input> Step<R> update(
      Rows<R, I, C, U> rows, I id, long version, U change) {
    var request = rows.step("PATCH", id, change);
    request.ifVersion = version;
    return add(rows::read, request);
  }

  /** A row is deleted. */
  public <R, I, C extends Input, U extends Input> Step<R> delete(Rows<R, I, C, U> rows, I id) {
    return add(rows::read, new Request("DELETE", rows.path() + "/" + id));
  }

  private <R> Step<R> add(Function<Json, R> reader, Request request) {
    var step = new Step<R>("s" + steps.size() + "_" + secret, reader);
    var query = request.parameters.toString();
    var members = new LinkedHashMap<String, Json>();
    members.put("as", Json.of(step.name));
    members.put("method", Json.of(request.method));
    members.put("path", Json.of(request.path + (query.isEmpty() ? "" : "?" + query)));
    if (request.body != null) {
      members.put("body", escaped(request.body));
    }
    if (request.ifVersion != null) {
      members.put("ifMatch", Json.of("\"" + request.ifVersion + "\""));
    }
    requests.add(new Json.Object(members));
    steps.add(step);
    return step;
  }

  /** A text that begins with a dollar sign and is no reference gets another one. */
  private Json escaped(Json json) {
    if (json instanceof Json.Text text) {
      boolean looks = text.value().startsWith("$") && !text.value().contains("_" + secret + ".");
      return looks ? Json.of("$" + text.value()) : json;
    }
    if (json instanceof Json.Array array) {
      return Json.of(array.elements().stream().map(this::escaped).toList());
    }
    if (json instanceof Json.Object object) {
      var members = new LinkedHashMap<String, Json>();
      object.members().forEach((name, value) -> members.put(name, escaped(value)));
      return new Json.Object(members);
    }
    return json;
  }

  /** Does all of it, or nothing. */
  public void send() {
    var body = new Json.Object(Map.of("requests", Json.of(requests)));
    var answer = connection.send(new Request("POST", "/api/batch").body(body));
    var bodies = new LinkedHashMap<String, Json>();
    for (var response : answer.object().at("responses").elements()) {
      bodies.put(response.object().at("as").text(), response.object().at("body"));
    }
    steps.forEach(step -> step.answered(bodies.getOrDefault(step.name, Json.Null.NULL)));
  }
}
