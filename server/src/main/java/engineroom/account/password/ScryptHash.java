package engineroom.account.password;

import java.security.MessageDigest;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.SCrypt;
import org.jspecify.annotations.Nullable;

/// A hash by scrypt (RFC 7914), as other programs made it.
///
/// @param memoryLog2 of the cost N
record ScryptHash(int memoryLog2, int blockSize, int lanes, byte[] salt, byte[] hash)
    implements StoredHash {
  private static final int MEMORY_LOG2_MAX = 20;
  private static final int BLOCK_SIZE_MAX = 32;
  private static final int LANES_MAX = 16;
  private static final int SALT_BYTES_MIN = 8;
  private static final int HASH_BYTES_MIN = 16;
  private static final int BYTES_MAX = 64;

  /// OWASP's N=2^17, r=8 just fits.
  private static final long MEMORY_BYTES_MAX = 128L << 20;

  /// All lanes together, one after the other: about 2 seconds.
  private static final long WORK_BYTES_MAX = 512L << 20;

  private static final Pattern FORM =
      Pattern.compile("\\$scrypt\\$ln=(\\d+),r=(\\d+),p=(\\d+)\\$([^$]+)\\$([^$]+)");

  static @Nullable ScryptHash read(String stored) {
    var form = FORM.matcher(stored);
    if (!form.matches()) {
      return null;
    }
    var log2 = HashText.number(form.group(1), 1, MEMORY_LOG2_MAX);
    var blockSize = HashText.number(form.group(2), 1, BLOCK_SIZE_MAX);
    var lanes = HashText.number(form.group(3), 1, LANES_MAX);
    var salt = HashText.bytes(form.group(4), SALT_BYTES_MIN, BYTES_MAX);
    var hash = HashText.bytes(form.group(5), HASH_BYTES_MIN, BYTES_MAX);
    if (log2.isEmpty() || blockSize.isEmpty() || lanes.isEmpty() || salt == null || hash == null) {
      return null;
    }
    var read = new ScryptHash(log2.getAsInt(), blockSize.getAsInt(), lanes.getAsInt(), salt, hash);
    return read.bearable() ? read : null;
  }

  private boolean bearable() {
    long memory = (128L * blockSize) << memoryLog2;
    boolean defined = blockSize > 1 || memoryLog2 < 16;
    return defined && memory <= MEMORY_BYTES_MAX && memory * lanes <= WORK_BYTES_MAX;
  }

  @Override
  public boolean matches(byte[] password) {
    var computed = SCrypt.generate(password, salt, 1 << memoryLog2, blockSize, lanes, hash.length);
    return MessageDigest.isEqual(hash, computed);
  }

  @Override
  public boolean weak() {
    return true;
  }
}
