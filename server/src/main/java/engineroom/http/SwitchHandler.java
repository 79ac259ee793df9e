package engineroom.http;

import java.util.concurrent.atomic.AtomicReference;

/// A handler that can be exchanged for another: requests under way end with the one they began
/// with.
public final class SwitchHandler implements Handler {
  private final AtomicReference<Handler> current;

  public SwitchHandler(Handler first) {
    current = new AtomicReference<>(first);
  }

  /// Requests from now on go to another handler.
  public void replace(Handler next) {
    current.set(next);
  }

  @Override
  public Intake intake(Request.Head head) {
    return current.get().intake(head);
  }

  @Override
  public Response handle(Request request) {
    return current.get().handle(request);
  }
}
