package engineroom.account.password;

import engineroom.system.UnpackedLibrary;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Argon2id by libsodium (`crypto_pwhash`), where there is one for the system: in half the time, in
/// memory of its own, and outside of Java, where a thread that has to wait for a processor holds up
/// no other.
final class Sodium {
  /// The release in the jar (lazysodium-java), which names the folder that it is kept in.
  static final String VERSION = "1.0.20";

  /// crypto_pwhash_ALG_ARGON2ID13
  private static final int ARGON2ID13 = 2;

  private static final @Nullable MethodHandle HASH = linked();

  private Sodium() {}

  /// Whether it makes such hashes here.
  static boolean makes(Argon2Hash.Work work, int saltBytes, int hashBytes) {
    return HASH != null
        && work.lanes() == 1
        && saltBytes == Argon2Hash.SALT_BYTES
        && hashBytes >= Argon2Hash.HASH_BYTES_MIN;
  }

  /// The hash, of as many bytes as are asked for; null where there is not enough memory.
  static byte @Nullable [] argon2id(
      Argon2Hash.Work work, byte[] password, byte[] salt, int hashBytes) {
    try (var arena = Arena.ofConfined()) {
      var hash = arena.allocate(hashBytes);
      var secret = arena.allocateFrom(ValueLayout.JAVA_BYTE, password);
      try {
        var seasoning = arena.allocateFrom(ValueLayout.JAVA_BYTE, salt);
        return called(work, hash, secret, seasoning) == 0
            ? hash.toArray(ValueLayout.JAVA_BYTE)
            : null;
      } finally {
        secret.fill((byte) 0);
      }
    }
  }

  private static int called(
      Argon2Hash.Work work, MemorySegment hash, MemorySegment password, MemorySegment salt) {
    if (HASH == null) {
      throw new IllegalStateException("there is no libsodium for this system");
    }
    try {
      return (int)
          HASH.invokeExact(
              hash,
              hash.byteSize(),
              password,
              password.byteSize(),
              salt,
              (long) work.passes(),
              1024L * work.memoryKib(),
              ARGON2ID13);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("a native function throws nothing", e);
    }
  }

  @SuppressWarnings("restricted") // the launcher allows it
  private static @Nullable MethodHandle linked() {
    var file = file();
    if (file == null) {
      return null;
    }
    try {
      return linked(SymbolLookup.libraryLookup(file, Arena.global()));
    } catch (IllegalArgumentException notForThisSystem) {
      return null;
    }
  }

  @SuppressWarnings("restricted")
  private static @Nullable MethodHandle linked(SymbolLookup library) {
    var linker = Linker.nativeLinker();
    var number = ValueLayout.JAVA_INT;
    var size = ValueLayout.JAVA_LONG;
    var bytes = ValueLayout.ADDRESS;
    var init =
        linker.downcallHandle(library.findOrThrow("sodium_init"), FunctionDescriptor.of(number));
    var hash =
        linker.downcallHandle(
            library.findOrThrow("crypto_pwhash"),
            FunctionDescriptor.of(number, bytes, size, bytes, size, bytes, size, size, number));
    try {
      return (int) init.invokeExact() < 0 ? null : hash;
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("a native function throws nothing", e);
    }
  }

  /// The library for this system; null where there is none, or nowhere to keep it.
  static @Nullable Path file() {
    var folder = folder();
    var name = System.mapLibraryName("sodium");
    if (folder.isEmpty()) {
      return null;
    }
    try {
      return new UnpackedLibrary("sodium-" + VERSION + "/" + folder, name)
          .in(
              UnpackedLibrary.cache(),
              () -> Sodium.class.getResourceAsStream("/" + folder + "/" + name));
    } catch (IOException nowhereToKeepIt) {
      return null;
    }
  }

  /// Where the jar has it for this system; empty where it has none that was tried.
  private static String folder() {
    var system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    var processor = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    return switch (processor) {
      case "amd64", "x86_64" -> system.startsWith("linux") ? "linux64" : "";
      case "aarch64" -> system.startsWith("linux") ? "arm64" : "";
      default -> "";
    };
  }
}
