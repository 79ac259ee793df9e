package engineroom.problem;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a door can't read.
public sealed interface RequestProblem extends Problem {
  /// The body is not what its content type says, or breaks a rule of JSON, CSV or NDJSON.
  record Unreadable(String title, @Nullable String hint) implements RequestProblem {
    @Override
    public String code() {
      return "request/unreadable";
    }
  }

  /// A limit was passed.
  ///
  /// @param limit its name in the settings, as `body` or `page`
  record OverLimit(String limit, String title) implements RequestProblem {
    @Override
    public String code() {
      return "request/over-limit/" + limit;
    }
  }

  /// There is no room at something for few at a time.
  ///
  /// @param limit its name, as `passwords`
  /// @param delay until there will be room
  record NoRoom(String limit, String title, Duration delay) implements RequestProblem {
    @Override
    public String code() {
      return "request/over-limit/" + limit;
    }

    @Override
    public String hint() {
      return Delays.hint(delay);
    }

    /// Whole seconds to wait, at least one.
    public long seconds() {
      return Delays.seconds(delay);
    }
  }

  /// Somebody asked too often.
  ///
  /// @param limit its name in the settings, as `guests`
  /// @param count requests that are allowed in a window
  /// @param delay until one more is allowed
  record TooOften(String limit, int count, Duration window, Duration delay)
      implements RequestProblem {
    @Override
    public String code() {
      return "request/too-often";
    }

    @Override
    public String title() {
      return "The limit " + limit + " allows " + count + " in " + window.toSeconds() + " seconds.";
    }

    @Override
    public String hint() {
      return Delays.hint(delay);
    }

    /// Whole seconds to wait, at least one.
    public long seconds() {
      return Delays.seconds(delay);
    }
  }

  /// A parameter, header or part of a query that does not exist or can't be understood.
  record BadParameter(String title, @Nullable String hint) implements RequestProblem {
    @Override
    public String code() {
      return "request/bad-parameter";
    }
  }

  /// No route has this path.
  record NoSuchPath(String title, @Nullable String hint) implements RequestProblem {
    @Override
    public String code() {
      return "request/no-such-path";
    }
  }

  /// The path exists, but not for this method.
  ///
  /// @param allowed the methods that do, for the `Allow` header: `GET, POST`
  record NoSuchMethod(String title, String allowed) implements RequestProblem {
    @Override
    public String code() {
      return "request/no-such-method";
    }
  }

  /// The body has a content type that this route does not read.
  record UnsupportedBody(String title, String hint) implements RequestProblem {
    @Override
    public String code() {
      return "request/unsupported-body";
    }
  }

  /// A key of a repeated request was used for another request.
  record KeyReused() implements RequestProblem {
    @Override
    public String code() {
      return "request/key-reused";
    }

    @Override
    public String title() {
      return "This Idempotency-Key was used for another request.";
    }

    @Override
    public String hint() {
      return "Send the same request as before, or a new key.";
    }
  }

  /// The first request with this key has not been answered yet.
  record StillRunning() implements RequestProblem {
    @Override
    public String code() {
      return "request/still-running";
    }

    @Override
    public String title() {
      return "The first request with this Idempotency-Key is still running.";
    }

    @Override
    public String hint() {
      return "Try again in a moment.";
    }
  }

  /// One request of a batch has a problem, and so the whole batch is undone.
  ///
  /// @param place `requests[1]`
  record AtStep(String place, Problem cause) implements RequestProblem {
    @Override
    public String code() {
      return cause.code();
    }

    @Override
    public String title() {
      return place + ": " + cause.title();
    }

    @Override
    public @Nullable String hint() {
      return cause.hint();
    }

    @Override
    public List<Violation> errors() {
      return cause.errors().stream().map(error -> error.under(place)).toList();
    }
  }

  /// No type in `Accept` is one we write.
  record NotAcceptable(String title, String hint) implements RequestProblem {
    @Override
    public String code() {
      return "request/not-acceptable";
    }
  }
}
