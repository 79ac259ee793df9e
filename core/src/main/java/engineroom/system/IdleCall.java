package engineroom.system;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.ref.Reference;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// A call of a native function on a thread of its own, which gets a processor where no other thread
/// wants it (`SCHED_IDLE`, `sched(7)`). On Linux with the threads of glibc.
///
/// The thread is none of Java's. One that runs Java must not be of that policy: a stop of all
/// threads, as for a collection, waits for each of them to come to a halt, and such a one may get
/// no processor for seconds. Nor may a thread leave the policy again.
///
/// For functions that run for some milliseconds at least: the policy is set while the function runs
/// already, and must not meet a thread that has ended.
public final class IdleCall {
  private static final int SCHED_IDLE = 5;

  private static final @Nullable Threads THREADS = linked();

  private final Threads threads;
  private final long thread;
  private final MemorySegment argument;
  private OptionalInt result = OptionalInt.empty();

  private IdleCall(Threads threads, long thread, MemorySegment argument) {
    this.threads = threads;
    this.thread = thread;
    this.argument = argument;
  }

  /// POSIX's functions for threads, and one of glibc's own.
  ///
  /// @param create `pthread_create(3)`
  /// @param policy `pthread_setschedparam(3)`
  /// @param join `pthread_timedjoin_np(3)`
  private record Threads(MethodHandle create, MethodHandle policy, MethodHandle join) {}

  private static @Nullable Threads linked() {
    if (!System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("linux")) {
      return null;
    }
    var number = ValueLayout.JAVA_INT;
    var thread = ValueLayout.JAVA_LONG;
    var pointer = ValueLayout.ADDRESS;
    var create = FunctionDescriptor.of(number, pointer, pointer, pointer, pointer);
    var policy = FunctionDescriptor.of(number, thread, number, pointer);
    var join = FunctionDescriptor.of(number, thread, pointer, pointer);
    return threads(
        NativeFunction.find("pthread_create", create),
        NativeFunction.find("pthread_setschedparam", policy),
        NativeFunction.find("pthread_timedjoin_np", join));
  }

  private static @Nullable Threads threads(
      Optional<MethodHandle> create, Optional<MethodHandle> policy, Optional<MethodHandle> join) {
    return create.isPresent() && policy.isPresent() && join.isPresent()
        ? new Threads(create.get(), policy.get(), join.get())
        : null;
  }

  /// Begins a call; nothing where there are no such threads, or no more of them.
  ///
  /// @param function `int f(void *)`
  /// @param argument kept until the call has ended
  public static Optional<IdleCall> begin(MemorySegment function, MemorySegment argument) {
    var threads = THREADS;
    if (threads == null) {
      return Optional.empty();
    }
    try (var arena = Arena.ofConfined()) {
      var made = arena.allocate(ValueLayout.JAVA_LONG);
      var refused =
          NativeFunction.call(
              () -> (int) threads.create.invokeExact(made, MemorySegment.NULL, function, argument));
      if (refused != 0) {
        return Optional.empty();
      }
      var call = new IdleCall(threads, made.get(ValueLayout.JAVA_LONG, 0), argument);
      var none = arena.allocate(ValueLayout.JAVA_INT);
      NativeFunction.call(() -> (int) threads.policy.invokeExact(call.thread, SCHED_IDLE, none));
      return Optional.of(call);
    }
  }

  /// What the function gave, if it ends within a time. Not for two threads at once.
  public OptionalInt await(Duration atMost) {
    if (result.isEmpty()) {
      result = joined(Instant.now().plus(atMost));
    }
    return result;
  }

  private OptionalInt joined(Instant end) {
    try (var arena = Arena.ofConfined()) {
      var time = arena.allocate(ValueLayout.JAVA_LONG, 2);
      time.setAtIndex(ValueLayout.JAVA_LONG, 0, end.getEpochSecond());
      time.setAtIndex(ValueLayout.JAVA_LONG, 1, end.getNano());
      var given = arena.allocate(ValueLayout.JAVA_LONG);
      var late = NativeFunction.call(() -> (int) threads.join.invokeExact(thread, given, time));
      return late == 0
          ? OptionalInt.of((int) given.get(ValueLayout.JAVA_LONG, 0))
          : OptionalInt.empty();
    } finally {
      Reference.reachabilityFence(argument);
    }
  }
}
