package engineroom.account.password;

import engineroom.system.IdleCall;
import engineroom.system.NativeFunction;
import engineroom.system.UnpackedLibrary;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Argon2id by its reference implementation, where there is one for the system: in less time than
/// by Java, in memory of its own, and on threads that come last for a processor ([IdleCall]).
///
/// Where such a thread has got too little of a processor, the hash is made once more by the thread
/// that asked for it. While one is behind, no other is begun: each keeps its memory to its end.
final class NativeArgon2 {
  /// The release in the jar (argon2-jvm), which names the folder that the library is kept in.
  static final String VERSION = "2.12";

  private static final Duration IDLE_MAX = Duration.ofMillis(500);

  /// `ARGON2_FLAG_CLEAR_PASSWORD`: as soon as nobody needs it.
  private static final int CLEAR_PASSWORD = 1;

  /// `struct Argon2_Context` of argon2.h, where a pointer has eight bytes.
  private static final MemoryLayout CONTEXT =
      MemoryLayout.structLayout(
          ValueLayout.ADDRESS.withName("out"),
          ValueLayout.JAVA_INT.withName("outlen"),
          MemoryLayout.paddingLayout(4),
          ValueLayout.ADDRESS.withName("pwd"),
          ValueLayout.JAVA_INT.withName("pwdlen"),
          MemoryLayout.paddingLayout(4),
          ValueLayout.ADDRESS.withName("salt"),
          ValueLayout.JAVA_INT.withName("saltlen"),
          MemoryLayout.paddingLayout(4),
          ValueLayout.ADDRESS.withName("secret"),
          ValueLayout.JAVA_INT.withName("secretlen"),
          MemoryLayout.paddingLayout(4),
          ValueLayout.ADDRESS.withName("ad"),
          ValueLayout.JAVA_INT.withName("adlen"),
          ValueLayout.JAVA_INT.withName("t_cost"),
          ValueLayout.JAVA_INT.withName("m_cost"),
          ValueLayout.JAVA_INT.withName("lanes"),
          ValueLayout.JAVA_INT.withName("threads"),
          ValueLayout.JAVA_INT.withName("version"),
          ValueLayout.ADDRESS.withName("allocate_cbk"),
          ValueLayout.ADDRESS.withName("free_cbk"),
          ValueLayout.JAVA_INT.withName("flags"),
          MemoryLayout.paddingLayout(4));

  private static final @Nullable NativeArgon2 HERE = linked();

  private final MemorySegment function;
  private final MethodHandle call;

  /// Calls that have not ended, whose hash was made otherwise.
  private final List<IdleCall> behind = new ArrayList<>();

  private NativeArgon2(MemorySegment function, MethodHandle call) {
    this.function = function;
    this.call = call;
  }

  /// The one for this system; null where there is none, or nowhere to keep it.
  static @Nullable NativeArgon2 here() {
    return HERE;
  }

  private static @Nullable NativeArgon2 linked() {
    var file = file();
    return file == null ? null : linked(file);
  }

  @SuppressWarnings("restricted") // the launcher allows it
  private static @Nullable NativeArgon2 linked(Path file) {
    var name = "argon2id_ctx";
    var described = FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS);
    try {
      var library = SymbolLookup.libraryLookup(file, Arena.global());
      var call = NativeFunction.find(library, name, described).orElseThrow();
      return new NativeArgon2(library.findOrThrow(name), call);
    } catch (IllegalArgumentException notForThisSystem) {
      return null;
    }
  }

  /// The library for this system; null where there is none, or nowhere to keep it.
  static @Nullable Path file() {
    var folder = folder();
    var name = System.mapLibraryName("argon2");
    if (folder.isEmpty()) {
      return null;
    }
    try {
      return new UnpackedLibrary("argon2-" + VERSION + "/" + folder, name)
          .in(
              UnpackedLibrary.cache(),
              () -> NativeArgon2.class.getResourceAsStream("/" + folder + "/" + name));
    } catch (IOException nowhereToKeepIt) {
      return null;
    }
  }

  /// Where the jar has it for this system; empty where it has none that was tried.
  private static String folder() {
    var system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    var processor = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    return switch (processor) {
      case "amd64", "x86_64" -> system.startsWith("linux") ? "linux-x86-64" : "";
      case "aarch64" -> system.startsWith("linux") ? "linux-aarch64" : "";
      default -> "";
    };
  }

  /// The hash, of as many bytes as are asked for; null where it can't be made, as where there is
  /// not enough memory.
  byte @Nullable [] argon2id(Argon2Hash.Work work, byte[] password, byte[] salt, int hashBytes) {
    if (!work.lessThan(Argon2Hash.Work.TODAY) && nobodyIsBehind()) {
      var making = new Making(work, password, salt, hashBytes);
      var idle = IdleCall.begin(function, making.context);
      if (idle.isPresent()) {
        var ended = idle.get().await(IDLE_MAX);
        if (ended.isPresent()) {
          return making.made(ended.getAsInt());
        }
        isBehind(idle.get());
      }
    }
    var making = new Making(work, password, salt, hashBytes);
    return making.made(NativeFunction.call(() -> (int) call.invokeExact(making.context)));
  }

  private synchronized boolean nobodyIsBehind() {
    behind.removeIf(call -> call.await(Duration.ZERO).isPresent());
    return behind.isEmpty();
  }

  private synchronized void isBehind(IdleCall call) {
    behind.add(call);
  }

  /// One hash, in memory that nobody frees as long as somebody knows of it.
  private static final class Making {
    final MemorySegment hash;
    final MemorySegment context;

    Making(Argon2Hash.Work work, byte[] password, byte[] salt, int hashBytes) {
      var arena = Arena.ofAuto();
      hash = arena.allocate(hashBytes);
      context = arena.allocate(CONTEXT);
      put("out", hash);
      put("pwd", arena.allocateFrom(ValueLayout.JAVA_BYTE, password));
      put("salt", arena.allocateFrom(ValueLayout.JAVA_BYTE, salt));
      put("t_cost", work.passes());
      put("m_cost", work.memoryKib());
      put("lanes", work.lanes());
      put("threads", 1);
      put("version", Argon2Hash.VERSION);
      put("flags", CLEAR_PASSWORD);
    }

    private void put(String bytes, MemorySegment at) {
      context.set(ValueLayout.ADDRESS, offset(bytes), at);
      put(bytes + "len", (int) at.byteSize());
    }

    private void put(String number, int value) {
      context.set(ValueLayout.JAVA_INT, offset(number), value);
    }

    private static long offset(String name) {
      return CONTEXT.byteOffset(PathElement.groupElement(name));
    }

    /// @param code 0, or what went wrong
    byte @Nullable [] made(int code) {
      return code == 0 ? hash.toArray(ValueLayout.JAVA_BYTE) : null;
    }
  }
}
