package engineroom.scenario;

import engineroom.Engine;
import engineroom.data.Value;
import engineroom.door.openapi.AnswerCheck;
import engineroom.door.openapi.AnswerCheck.Answered;
import engineroom.door.openapi.AnswerCheck.Asked;
import engineroom.http.Handler;
import engineroom.http.Response;
import engineroom.http.Sent;
import engineroom.modelfile.ModelReader.Reading;
import engineroom.operation.Call;
import engineroom.operation.Caller;
import engineroom.outcome.Change;
import engineroom.server.Wiring;
import engineroom.store.Store;
import engineroom.testkit.ManualClock;
import engineroom.testkit.Scenario;
import engineroom.testkit.Scenario.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/// A model served over a store, without the network: its clock stands still and its ids are
/// counted, so that answers are the same each time. The header `Clock` of a request sets the time
/// at which it is asked.
final class Shop implements Scenario.Runner {
  /// When everything happens.
  static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  private static final String ID = "01980000-0000-7000-8000-0000000000";
  private static final Duration TIME = Duration.ofSeconds(60);
  private static final Set<String> ALWAYS = Set.of("id", "version", "createdAt", "updatedAt");

  private final Store store;
  private final Handler doors;
  private Instant time = NOW;
  private long seen;

  Shop(Store store, Reading.Good good) {
    this.store = store;
    var wiring = new Wiring(Wiring.Keys.of(new byte[32]), new ManualClock(NOW), new Random(1));
    Engine engine = wiring.engine(store);
    this.doors = wiring.doors(engine, good.settings());
  }

  /// The id that ends in two digits.
  static String id(String ending) {
    return ID + ending;
  }

  /// Sets the time at which requests are asked from now on.
  void at(Instant moment) {
    time = moment;
  }

  /// Writes the rows of a file, in order; then nothing has changed yet.
  Shop with(Path rows) {
    try {
      Files.readAllLines(rows).stream()
          .filter(line -> !line.startsWith("#"))
          .forEach(line -> put(line.split(" ", 3)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    changes();
    return this;
  }

  private void put(String[] line) {
    var path = "/api/" + line[0] + "/" + id(line[1]);
    var answer = send("admin", "PUT", path, line[2]);
    if (answer.status() != 201 && answer.status() != 200) {
      throw new AssertionError(String.join(" ", line) + " brought " + answer);
    }
  }

  @Override
  public Answer send(Scenario.Request request) {
    var answer = unchecked(request);
    described(request, answer);
    return answer;
  }

  /// Asks without holding the answer against the document.
  Answer unchecked(Scenario.Request request) {
    var response = response(request);
    return new Answer(response.status(), response.headers(), Sent.text(response));
  }

  /// Every answer is held against the document that the same caller is served.
  private void described(Scenario.Request asked, Answer answer) {
    var caller = asked.caller();
    var document = response(new Scenario.Request(caller, "GET", "/openapi.json", Map.of(), ""));
    var mistakes =
        AnswerCheck.of(Sent.text(document))
            .mistakes(
                new Asked(asked.method(), asked.path(), asked.headers(), asked.body()),
                new Answered(answer.status(), answer.headers(), answer.body()));
    if (!mistakes.isEmpty()) {
      throw new AssertionError(
          "%s %s as %s is not as described: %s, but answered %s"
              .formatted(asked.method(), asked.path(), caller, mistakes, answer));
    }
  }

  /// Sends JSON, or nothing where the body is empty.
  Answer send(String caller, String method, String target, String body) {
    Map<String, String> headers = new LinkedHashMap<>();
    if (!body.isEmpty()) {
      headers.put("Content-Type", "application/json");
    }
    return send(new Scenario.Request(caller, method, target, headers, body));
  }

  Answer get(String caller, String target) {
    return send(caller, "GET", target, "");
  }

  private Response response(Scenario.Request asked) {
    var who = caller(asked.caller());
    var asOf = Instant.parse(asked.headers().getOrDefault("Clock", time.toString()));
    var call = new Call(who, asOf, asked.method(), "127.0.0.1", "request-1", TIME);
    return new Sent(asked.method(), asked.path(), asked.headers(), asked.body()).to(doors, call);
  }

  private Caller caller(String words) {
    return switch (words) {
      case "guest" -> Caller.Guest.GUEST;
      case "admin" -> Caller.Administrator.ADMINISTRATOR;
      default -> user(Arrays.asList(words.split(" ")));
    };
  }

  /// The users' ids begin with the first letter of their names: `ann` is `…a1`.
  private Caller user(List<String> words) {
    var id = new Value.Uuid(UUID.fromString(id(words.get(1).charAt(0) + "1")));
    var row = store.write(transaction -> transaction.find("user", id)).orElseThrow();
    return new Caller.User(id, Set.copyOf(words.subList(2, words.size())), Map.of(), row);
  }

  @Override
  public List<String> changes() {
    var lines = new ArrayList<String>();
    for (var change : store.changes(seen, 1_000)) {
      seen = change.sequence();
      lines.add(line(change));
    }
    return lines;
  }

  private static String line(Change change) {
    var kind = change.kind().name().toLowerCase(Locale.ROOT);
    var fields =
        change.after().entrySet().stream()
            .filter(entry -> !ALWAYS.contains(entry.getKey()))
            .filter(entry -> change.kind() != Change.Kind.CREATED || entry.getValue() != Value.NULL)
            .map(Map.Entry::getKey)
            .collect(Collectors.joining(","));
    return (change.entity() + " " + kind + " " + fields).strip();
  }
}
