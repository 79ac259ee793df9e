package engineroom.system;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Threads that come after all others for a processor, on Linux, where each thread has a niceness
/// of its own (`nice(2)`, `sched(7)`) and may always raise it. Elsewhere they are like others:
/// Java's own priorities mean nothing to Linux unless the whole program runs with options for it.
public final class LowPriority {
  /// More than the program's own; a tenth of the share that others have, where there is not enough
  /// for all.
  private static final int NICER = 10;

  private static final @Nullable MethodHandle NICE = linked();

  private LowPriority() {}

  private static @Nullable MethodHandle linked() {
    if (!System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("linux")) {
      return null;
    }
    var number = ValueLayout.JAVA_INT;
    return NativeFunction.find("nice", FunctionDescriptor.of(number, number)).orElse(null);
  }

  /// The same work, on a thread that is made to wait for others first.
  public static Runnable of(Runnable work) {
    return () -> {
      if (NICE != null) {
        NativeFunction.call(() -> (int) NICE.invokeExact(NICER));
      }
      work.run();
    };
  }
}
