package engineroom.account.token;

import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;

/// Knows RSA keys of the chips that made their primes as powers of 65537 (ROCA, CVE-2017-15361):
/// they can be factored.
final class WeakPrimes {
  private static final BigInteger GENERATOR = BigInteger.valueOf(65_537);
  private static final List<Integer> SMALL_PRIMES =
      List.of(
          3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89,
          97, 101, 103, 107, 109, 113, 127, 131, 137, 139, 149, 151, 157, 163, 167);

  private WeakPrimes() {}

  /// Whether the modulus is a power of 65537 by every small prime; that of a good key is not, but
  /// for one in 2^27.
  static boolean made(BigInteger modulus) {
    return SMALL_PRIMES.stream().map(BigInteger::valueOf).allMatch(p -> power(modulus.mod(p), p));
  }

  private static boolean power(BigInteger rest, BigInteger prime) {
    var powers = new HashSet<BigInteger>();
    for (var power = BigInteger.ONE; powers.add(power); ) {
      power = power.multiply(GENERATOR).mod(prime);
    }
    return powers.contains(rest);
  }
}
