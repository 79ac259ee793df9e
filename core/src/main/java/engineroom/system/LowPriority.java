package engineroom.system;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Threads that come after all others for a processor, on Linux, where each thread has a niceness
/// and a policy of its own (`nice(2)`, `sched(7)`) and may always step back. Elsewhere they are
/// like others: Java's own priorities mean nothing to Linux unless the whole program runs with
/// options for it.
public enum LowPriority {
  /// Nicer than the program by [#NICER]: a tenth of the share that others have, where there is not
  /// enough for all.
  LATE,

  /// Of the policy `SCHED_IDLE`: hardly anything where there is not enough for all, and off the
  /// processor at once when somebody else is ready. A thread never comes back from it.
  LAST;

  private static final int NICER = 10;
  private static final int SCHED_IDLE = 5;

  /// The thread that calls.
  private static final int THIS = 0;

  private static final @Nullable MethodHandle NICE =
      linked("nice", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

  private static final @Nullable MethodHandle SET_SCHEDULER =
      linked(
          "sched_setscheduler",
          FunctionDescriptor.of(
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT,
              ValueLayout.ADDRESS));

  @SuppressWarnings("restricted") // the launcher allows it
  private static @Nullable MethodHandle linked(String function, FunctionDescriptor descriptor) {
    if (!System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("linux")) {
      return null;
    }
    var linker = Linker.nativeLinker();
    return linker
        .defaultLookup()
        .find(function)
        .map(it -> linker.downcallHandle(it, descriptor))
        .orElse(null);
  }

  /// The same work, on a thread that is made to wait for others first.
  public Runnable of(Runnable work) {
    return () -> {
      lower();
      work.run();
    };
  }

  private void lower() {
    try {
      if (this == LATE || !last()) {
        nicer();
      }
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("a call of the system throws nothing", e);
    }
  }

  private static void nicer() throws Throwable {
    if (NICE != null) {
      var _ = (int) NICE.invokeExact(NICER);
    }
  }

  /// Whether the system let it.
  private static boolean last() throws Throwable {
    if (SET_SCHEDULER == null) {
      return false;
    }
    try (var arena = Arena.ofConfined()) {
      var priority = arena.allocate(ValueLayout.JAVA_INT); // of this policy always 0
      return (int) SET_SCHEDULER.invokeExact(THIS, SCHED_IDLE, priority) == 0;
    }
  }
}
