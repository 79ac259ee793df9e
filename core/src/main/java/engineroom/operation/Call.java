package engineroom.operation;

import java.time.Duration;
import java.time.Instant;

/// The circumstances of one operation: who asks, when, how, and how long it may take.
///
/// @param method of the request, as expressions see it: `GET`
/// @param address of the client
/// @param requestId shown in answers, logs and the change log
/// @param timeLimit handed on to the store as its statement's limit
public record Call(
    Caller caller,
    Instant time,
    String method,
    String address,
    String requestId,
    Duration timeLimit) {

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
    return new Call(other, time, method, address, requestId, timeLimit);
  }

  /// The same circumstances under another request id.
  public Call as(String otherId) {
    return new Call(caller, time, method, address, otherId, timeLimit);
  }

  /// The same circumstances with more time, or less.
  public Call within(Duration limit) {
    return new Call(caller, time, method, address, requestId, limit);
  }
}
