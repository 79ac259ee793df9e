package engineroom.throttle;

import java.net.InetAddress;
import java.nio.ByteBuffer;

/// The part of a client's address that limits count: all of IPv4, and of IPv6 the 64 bits that one
/// customer of a network has for themselves.
public final class AddressKey {
  /// Sets addresses of IPv4 apart from the beginnings of IPv6.
  private static final long V4 = 0x4_0000_0000L;

  private AddressKey() {}

  /// @param address as text; what is no address counts as one
  static long of(String address) {
    var four = four(address);
    return four >= 0 ? V4 | four : six(address);
  }

  /// The same as text: `192.0.2.7`, `2001:db8:1:2::/64`.
  public static String prefix(String address) {
    if (four(address) >= 0) {
      return address;
    }
    var six = six(address);
    if (six == 0) {
      return address;
    }
    return "%x:%x:%x:%x::/64"
        .formatted(six >>> 48, (six >>> 32) & 0xffff, (six >>> 16) & 0xffff, six & 0xffff);
  }

  /// The number of an address of IPv4; -1 for another text. Makes no garbage.
  private static long four(String text) {
    long all = 0;
    int part = 0;
    int digits = 0;
    int dots = 0;
    for (int i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      if (c == '.') {
        if (digits == 0 || ++dots > 3) {
          return -1;
        }
        all = all << 8 | part;
        part = 0;
        digits = 0;
      } else if (c >= '0' && c <= '9' && ++digits <= 3) {
        part = 10 * part + c - '0';
      } else {
        return -1;
      }
    }
    return dots == 3 && digits > 0 && part < 256 ? all << 8 | part : -1;
  }

  private static long six(String text) {
    var zone = text.indexOf('%');
    try {
      var bytes = InetAddress.ofLiteral(zone < 0 ? text : text.substring(0, zone)).getAddress();
      return bytes.length == 4
          ? V4 | (ByteBuffer.wrap(bytes).getInt() & 0xffff_ffffL)
          : ByteBuffer.wrap(bytes).getLong();
    } catch (IllegalArgumentException _) {
      return 0; // no address: the name of a socket, or nothing
    }
  }
}
