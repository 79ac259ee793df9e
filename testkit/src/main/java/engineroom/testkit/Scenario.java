package engineroom.testkit;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Requests in order, each with the answer and the changes that it must bring.
///
/// @param place file and line of its title
public record Scenario(String title, String place, List<Step> steps) {
  public Scenario {
    steps = List.copyOf(steps);
  }

  /// One request and what must come of it.
  ///
  /// @param changes the exact entries of the change log: entity, kind, changed fields: `item
  ///   created name,price`
  public record Step(
      String place, String caller, Request request, Answer expected, List<String> changes) {
    public Step {
      changes = List.copyOf(changes);
    }
  }

  /// What is sent.
  ///
  /// @param caller `guest`, `admin`, or `user ann staff`: a name and roles
  /// @param body empty where there is none
  public record Request(
      String caller, String method, String path, Map<String, String> headers, String body) {
    public Request {
      headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }
  }

  /// What comes back; as an expectation, headers are those that must be there.
  public record Answer(int status, Map<String, String> headers, String body) {
    public Answer {
      headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }
  }

  /// A server that scenarios are sent to.
  public interface Runner {
    /// Sends one request and waits for the answer.
    Answer send(Request request);

    /// The entries of the change log since the last call, as [Step#changes] writes them.
    List<String> changes();
  }

  /// Sends every step and throws an `AssertionError` that shows the first difference.
  public void run(Runner runner) {
    var captured = new Placeholders();
    for (var step : steps) {
      var answer = runner.send(captured.filled(step.request()));
      captured.check(title, step, answer, runner.changes());
    }
  }
}
