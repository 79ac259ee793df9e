package engineroom.operation;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The circumstances of one operation: who asks, when, how, and how long it may take.
///
/// @param method of the request, as expressions see it: `GET`
/// @param address of the client
/// @param requestId shown in answers, logs and the change log
/// @param timeLimit handed on to the store as its statement's limit
/// @param asked null where nobody outside asked, or where nobody needs to know
public record Call(
    Caller caller,
    Instant time,
    String method,
    String address,
    String requestId,
    Duration timeLimit,
    @Nullable Asked asked) {

  /// The request behind a call, whoever carries out what it asks for.
  ///
  /// @param caller who sent it
  /// @param path with ids, without the query
  /// @param agent what the client says that it is, or empty
  public record Asked(Caller caller, String path, String agent) {}

  /// A call of which nobody needs to know how it came.
  public Call(
      Caller caller,
      Instant time,
      String method,
      String address,
      String requestId,
      Duration timeLimit) {
    this(caller, time, method, address, requestId, timeLimit, null);
  }

  /// A call from inside the program, by an administrator.
  public static Call internal(Instant time) {
    return new Call(
        Caller.Administrator.ADMINISTRATOR, time, "", "", "internal", Duration.ofMinutes(10));
  }

  /// A call of the program itself.
  public static Call ofProgram(Instant time) {
    return internal(time).by(Caller.Program.PROGRAM);
  }

  /// The same circumstances for another caller.
  public Call by(Caller other) {
    return new Call(other, time, method, address, requestId, timeLimit, asked);
  }

  /// The same circumstances under another request id.
  public Call as(String otherId) {
    return new Call(caller, time, method, address, otherId, timeLimit, asked);
  }

  /// The same circumstances with more time, or less.
  public Call within(Duration limit) {
    return new Call(caller, time, method, address, requestId, limit, asked);
  }

  /// The same circumstances, with the request that brought them.
  public Call brought(String path, String agent) {
    var by = new Asked(caller, path, agent);
    return new Call(caller, time, method, address, requestId, timeLimit, by);
  }
}
