package engineroom.net;

import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Addresses that begin alike: `192.0.2.0/24`, `2001:db8::/32`, or a single one.
public final class Network {
  private static final Pattern FORM = Pattern.compile("([^/]+)(?:/([0-9]{1,3}))?");
  private static final Pattern FOUR = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
  private static final Pattern SIX = Pattern.compile("(?=.*:)[0-9A-Fa-f:.]{2,45}");

  private final byte[] start;
  private final int bits;

  private Network(byte[] start, int bits) {
    this.start = start;
    this.bits = bits;
  }

  /// Empty for any text that is not a network.
  public static Optional<Network> parse(String text) {
    var form = FORM.matcher(text);
    return form.matches()
        ? address(form.group(1)).flatMap(address -> of(address, form.group(2)))
        : Optional.empty();
  }

  private static Optional<Network> of(InetAddress address, @Nullable String length) {
    var start = address.getAddress();
    int most = start.length * Byte.SIZE;
    int bits = length == null ? most : Integer.parseInt(length);
    return bits > most ? Optional.empty() : Optional.of(new Network(start, bits));
  }

  /// An address that is written in full; one of IPv4 that is written as one of IPv6 is the former.
  /// Nothing is looked up, and nothing added to `192.0.2`, which some programs take for
  /// `192.0.0.2`.
  public static Optional<InetAddress> address(String text) {
    if (!FOUR.matcher(text).matches() && !SIX.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.ofLiteral(text));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /// Whether an address belongs to it; a text that is none does not.
  public boolean contains(String address) {
    return address(address).filter(this::contains).isPresent();
  }

  /// Whether an address belongs to it.
  public boolean contains(InetAddress address) {
    var other = address.getAddress();
    if (other.length != start.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit += Byte.SIZE) {
      int mask = 0xff00 >> Math.min(Byte.SIZE, bits - bit);
      if (((other[bit / Byte.SIZE] ^ start[bit / Byte.SIZE]) & mask & 0xff) != 0) {
        return false;
      }
    }
    return true;
  }
}
