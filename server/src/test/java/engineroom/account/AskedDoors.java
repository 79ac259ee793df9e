package engineroom.account;

import engineroom.door.auth.Authentication;
import engineroom.http.Authenticator.Credentials;
import engineroom.http.Handler;
import engineroom.http.Problems;
import engineroom.http.Response;
import engineroom.http.Sent;
import engineroom.json.SchemaCheck;
import engineroom.modelfile.ModelReader;
import engineroom.modelfile.ModelReader.Reading;
import engineroom.operation.Call;
import engineroom.operation.Caller;
import engineroom.problem.ProblemException;
import engineroom.testkit.ManualClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/// The doors of an app with accounts, asked without the network as the server asks them: whoever
/// sends a request is found by its credentials first.
public final class AskedDoors {
  /// More attempts than any test makes that is about something else.
  private static final String MANY = "\nsettings: { rates: { credentials: 100000/1m } }\n";

  private final Handler doors;
  private final Authentication authentication;
  private final ManualClock clock;

  /// @param key of the administrator
  public AskedDoors(Handler doors, Accounts accounts, String key, ManualClock clock) {
    this.doors = doors;
    this.authentication = new Authentication(("Bearer " + key)::equals, accounts::callers);
    this.clock = clock;
  }

  /// A model written into a folder and read; where it sets nothing, nobody waits for mistakes.
  public static Reading.Good read(Path folder, String yaml) {
    try {
      var whole = yaml.contains("settings:") ? yaml : yaml + MANY;
      Files.writeString(folder.resolve(ModelReader.FILE), whole);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return switch (ModelReader.read(folder, Map.of(), new SchemaCheck())) {
      case Reading.Good good -> good;
      case Reading.Bad(var mistakes) -> throw new AssertionError(mistakes.toString());
    };
  }

  /// A request with the headers that every client sends.
  public static Sent request(
      String method, String target, Map<String, String> headers, String body) {
    var all = new LinkedHashMap<>(Map.of("Host", "shop.example"));
    if (!body.isEmpty()) {
      all.put("Content-Type", "application/json");
    }
    all.putAll(headers);
    return new Sent(method, target, all, body);
  }

  /// The answer, a refusal's too.
  ///
  /// @param address of the client
  /// @param id of the request
  public Response answer(Sent sent, String address, String id) {
    var now = clock.instant();
    var guest =
        new Call(Caller.Guest.GUEST, now, sent.method(), address, id, Duration.ofSeconds(60));
    try {
      var request = sent.by(guest);
      var credentials =
          new Credentials(sent.method(), request.path(), now, address, request.headers());
      return sent.to(doors, guest.by(authentication.caller(credentials)));
    } catch (ProblemException refused) {
      return Problems.response(refused.problem(), id);
    }
  }
}
