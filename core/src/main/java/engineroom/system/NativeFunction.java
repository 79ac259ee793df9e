package engineroom.system;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/// Functions of native libraries.
public final class NativeFunction {
  private NativeFunction() {}

  /// A function of the system's own library, where it has it.
  public static Optional<MethodHandle> find(String name, FunctionDescriptor described) {
    return find(Linker.nativeLinker().defaultLookup(), name, described);
  }

  /// A function of a library, where it has it.
  @SuppressWarnings("restricted") // the launcher allows it
  public static Optional<MethodHandle> find(
      SymbolLookup library, String name, FunctionDescriptor described) {
    return library.find(name).map(at -> Linker.nativeLinker().downcallHandle(at, described));
  }

  /// Calls a function by its handle, and nothing else.
  public interface Call {
    int run() throws Throwable;
  }

  /// What a call gives: a native function throws nothing.
  public static int call(Call call) {
    try {
      return call.run();
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("a native function throws nothing", e);
    }
  }
}
