package engineroom.run;

import static engineroom.problem.ProblemException.problem;

import engineroom.authorize.Allowed;
import engineroom.data.Stages;
import engineroom.data.Value;
import engineroom.expression.Arguments;
import engineroom.operation.Operation.Recount;
import engineroom.outcome.Outcome;
import engineroom.problem.StoreProblem.OutOfTime;
import engineroom.store.Access;
import engineroom.store.Store.Binding;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Tells the versions of a row, the last one first, out of what the caller may see of each.
///
/// Only what is shown decides: versions that look the same to the caller and follow each other are
/// one, and what has changed is told by comparing what is shown.
public final class Recounting {
  /// Versions read at once.
  private static final int STEP = 200;

  private final Reads reads;

  public Recounting(Reads reads) {
    this.reads = reads;
  }

  /// The versions of one row; missing where there is none that the caller may see.
  public Outcome tell(Allowed.Reading allowed, Recount asked, Duration timeLimit, Access access) {
    var told = new Told(asked.limit());
    var end = System.nanoTime() + timeLimit.toNanos();
    var before = asked.before();
    List<byte[]> step;
    do {
      var left = Duration.ofNanos(end - System.nanoTime());
      if (left.isNegative()) {
        throw problem(new OutOfTime(timeLimit.toSeconds()));
      }
      step = read(allowed, before, left, access);
      for (var json : step) {
        var version = Version.read(new String(json, StandardCharsets.UTF_8));
        before = version.number();
        told.add(version);
      }
    } while (step.size() == STEP && !told.full());
    told.end();
    if (told.versions.isEmpty() && asked.before() == Long.MAX_VALUE) {
      return Outcome.Missing.MISSING;
    }
    return told.outcome();
  }

  private List<byte[]> read(
      Allowed.Reading allowed, long before, Duration timeLimit, Access access) {
    var values = new ArrayList<>(allowed.arguments().values());
    values.set(1, Value.of(before));
    var binding = new Binding(new Arguments(values), STEP, 0, timeLimit);
    var statement = reads.statement(allowed.view());
    return Stages.time("store", () -> access.read(statement, binding)).rows();
  }

  /// The versions told so far, and one that waits for the one before it.
  private static final class Told {
    final List<byte[]> versions = new ArrayList<>();
    private final int limit;
    private @Nullable Version waiting;
    private long last;
    private boolean more;

    Told(int limit) {
      this.limit = limit;
    }

    boolean full() {
      return more;
    }

    void add(Version version) {
      if (more) {
        return;
      }
      var later = waiting;
      if (later == null) {
        waiting = version;
      } else if (later.continues(version)) {
        waiting = version.until(later);
      } else {
        tell(later, version);
        waiting = version;
        more = versions.size() == limit;
      }
    }

    void end() {
      if (!more && waiting != null) {
        tell(waiting, null);
      }
    }

    private void tell(Version version, @Nullable Version before) {
      versions.add(version.json(before));
      last = version.number();
    }

    Outcome outcome() {
      return new Outcome.Listed(versions, more ? List.of(Value.of(last)) : null, null);
    }
  }
}
