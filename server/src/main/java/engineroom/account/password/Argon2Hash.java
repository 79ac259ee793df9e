package engineroom.account.password;

import java.security.MessageDigest;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.jspecify.annotations.Nullable;

/// A hash by Argon2id (RFC 9106), version 1.3.
record Argon2Hash(Work work, byte[] salt, byte[] hash) implements StoredHash {
  /// How much work one hash is.
  ///
  /// @param memoryKib that it fills
  /// @param passes over the memory
  /// @param lanes that could be filled in parallel
  record Work(int memoryKib, int passes, int lanes) {
    /// The least that OWASP's cheat sheet allows: about 50 ms, and 19 MiB.
    static final Work TODAY = new Work(19_456, 2, 1);

    static final int MEMORY_KIB_MAX = 128 * 1024;
    static final int PASSES_MAX = 16;
    static final int LANES_MAX = 8;

    /// Of memory times passes: about 2 seconds.
    static final long KIB_FILLED_MAX = 512 * 1024;

    boolean lessThan(Work other) {
      return memoryKib < other.memoryKib || passes < other.passes;
    }
  }

  /// 1.3
  static final int VERSION = Argon2Parameters.ARGON2_VERSION_13;

  static final int SALT_BYTES = 16;
  static final int HASH_BYTES = 32;
  private static final int BYTES_MAX = 64;
  private static final int BYTES_MIN = 8;

  /// Short of a hash that could be found by chance.
  private static final int HASH_BYTES_MIN = 16;

  private static final Pattern FORM =
      Pattern.compile("\\$argon2id\\$v=19\\$m=(\\d+),t=(\\d+),p=(\\d+)\\$([^$]+)\\$([^$]+)");

  static Argon2Hash of(Work work, byte[] password, byte[] salt) {
    return new Argon2Hash(work, salt, compute(work, password, salt, HASH_BYTES));
  }

  static @Nullable Argon2Hash read(String stored) {
    var form = FORM.matcher(stored);
    if (!form.matches()) {
      return null;
    }
    var memory = HashText.number(form.group(1), 8, Work.MEMORY_KIB_MAX);
    var passes = HashText.number(form.group(2), 1, Work.PASSES_MAX);
    var lanes = HashText.number(form.group(3), 1, Work.LANES_MAX);
    var salt = HashText.bytes(form.group(4), BYTES_MIN, BYTES_MAX);
    var hash = HashText.bytes(form.group(5), HASH_BYTES_MIN, BYTES_MAX);
    if (memory.isEmpty() || passes.isEmpty() || lanes.isEmpty() || salt == null || hash == null) {
      return null;
    }
    var work = new Work(memory.getAsInt(), passes.getAsInt(), lanes.getAsInt());
    boolean fits = work.memoryKib() >= 8 * work.lanes();
    boolean bearable = (long) work.memoryKib() * work.passes() <= Work.KIB_FILLED_MAX;
    return fits && bearable ? new Argon2Hash(work, salt, hash) : null;
  }

  @Override
  public boolean matches(byte[] password) {
    return MessageDigest.isEqual(hash, compute(work, password, salt, hash.length));
  }

  @Override
  public boolean weak() {
    return work.lessThan(Work.TODAY) || salt.length < SALT_BYTES || hash.length < HASH_BYTES;
  }

  String text() {
    return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
        .formatted(
            work.memoryKib(),
            work.passes(),
            work.lanes(),
            HashText.base64(salt),
            HashText.base64(hash));
  }

  private static byte[] compute(Work work, byte[] password, byte[] salt, int length) {
    var here = NativeArgon2.here();
    var hash = here == null ? null : here.argon2id(work, password, salt, length);
    return hash != null ? hash : inJava(work, password, salt, length);
  }

  static byte[] inJava(Work work, byte[] password, byte[] salt, int length) {
    return Argon2Memory.with(
        memory -> {
          var parameters =
              new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                  .withVersion(VERSION)
                  .withMemoryAsKB(work.memoryKib())
                  .withIterations(work.passes())
                  .withParallelism(work.lanes())
                  .withSalt(salt)
                  .withBlockPool(memory)
                  .build();
          var generator = new Argon2BytesGenerator();
          generator.init(parameters);
          var hash = new byte[length];
          generator.generateBytes(password, hash);
          return hash;
        });
  }
}
