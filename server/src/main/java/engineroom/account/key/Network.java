package engineroom.account.key;

import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/// Addresses that begin alike: `192.0.2.0/24`, `2001:db8::/32`, or a single one.
public final class Network {
  private static final Pattern FORM = Pattern.compile("([0-9A-Fa-f.:]{2,45})(?:/(\\d{1,3}))?");
  private static final Pattern FOUR = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

  private final byte[] start;
  private final int bits;

  private Network(byte[] start, int bits) {
    this.start = start;
    this.bits = bits;
  }

  /// Empty for any text that is not a network.
  public static Optional<Network> parse(String text) {
    var form = FORM.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    var start = bytes(form.group(1));
    if (start.isEmpty()) {
      return Optional.empty();
    }
    int most = start.get().length * Byte.SIZE;
    int bits = form.group(2) == null ? most : Integer.parseInt(form.group(2));
    return bits > most ? Optional.empty() : Optional.of(new Network(start.get(), bits));
  }

  /// Whether an address belongs to it.
  public boolean contains(String address) {
    return bytes(address).filter(this::contains).isPresent();
  }

  private boolean contains(byte[] address) {
    if (address.length != start.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit += Byte.SIZE) {
      int mask = 0xff00 >> Math.min(Byte.SIZE, bits - bit);
      if (((address[bit / Byte.SIZE] ^ start[bit / Byte.SIZE]) & mask & 0xff) != 0) {
        return false;
      }
    }
    return true;
  }

  /// An address of IPv4 that is written as one of IPv6 is the former. Nothing is looked up, and
  /// nothing added to `192.0.2`, which some programs take for `192.0.0.2`.
  private static Optional<byte[]> bytes(String address) {
    if (!address.contains(":") && !FOUR.matcher(address).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.ofLiteral(address).getAddress());
    } catch (IllegalArgumentException noAddress) {
      return Optional.empty();
    }
  }
}
