package engineroom.data;

import java.util.Arrays;
import java.util.function.Supplier;

/// How long each stage of one request took. Carried by a scoped value, so that no signature needs
/// it; where none is bound, nothing is measured. One request is one thread: not safe for more.
public final class Stages {
  /// The stages of the request that the current thread works on.
  public static final ScopedValue<Stages> CURRENT = ScopedValue.newInstance();

  private static final int STAGES_MAX = 16;
  private static final long NANOS_OF_MICROSECOND = 1000;

  private String[] names = new String[8];
  private long[] nanos = new long[8];
  private int count;

  /// Runs a stage and notes its time. A stage that runs again adds to its first entry.
  ///
  /// @param name one word of the way: `authorize`, `plan`, `store`
  public static <T> T time(String name, Supplier<T> stage) {
    if (!CURRENT.isBound()) {
      return stage.get();
    }
    var start = System.nanoTime();
    try {
      return stage.get();
    } finally {
      CURRENT.get().add(name, System.nanoTime() - start);
    }
  }

  /// Notes a time measured elsewhere. Beyond sixteen names, new ones are left out.
  public void add(String name, long spent) {
    for (int i = 0; i < count; i++) {
      if (names[i].equals(name)) {
        nanos[i] += spent;
        return;
      }
    }
    if (count == STAGES_MAX) {
      return;
    }
    if (count == names.length) {
      names = Arrays.copyOf(names, STAGES_MAX);
      nanos = Arrays.copyOf(nanos, STAGES_MAX);
    }
    names[count] = name;
    nanos[count++] = spent;
  }

  /// The value of a `Server-Timing` field: `authorize;dur=0.012, store;dur=1.204`, in milliseconds.
  public String header() {
    var text = new StringBuilder(count * 24);
    for (int i = 0; i < count; i++) {
      text.append(i == 0 ? "" : ", ").append(names[i]).append(";dur=");
      millis(text, nanos[i]);
    }
    return text.toString();
  }

  /// Milliseconds with three digits behind the point.
  private static void millis(StringBuilder text, long nanos) {
    var micros = (nanos + NANOS_OF_MICROSECOND / 2) / NANOS_OF_MICROSECOND;
    text.append(micros / 1000).append('.');
    var rest = micros % 1000;
    text.append(rest < 100 ? "0" : "").append(rest < 10 ? "0" : "").append(rest);
  }
}
