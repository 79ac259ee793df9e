package engineroom.account;

import java.util.Locale;

/// What somebody signs in with, as far as it is kept: enough to know one's own devices by.
///
/// @param userAgent cut to 200 characters; may be empty
/// @param network the first part of the address; may be empty
public record Device(String userAgent, String network) {
  private static final int AGENT_MAX = 200;

  /// What is kept of what a client says of itself.
  ///
  /// @param userAgent as the client says
  /// @param address of the client
  public static Device of(String userAgent, String address) {
    var plain = userAgent.replaceAll("\\p{Cntrl}", " ").strip();
    var cut =
        plain.codePointCount(0, plain.length()) <= AGENT_MAX
            ? plain
            : plain.substring(0, plain.offsetByCodePoints(0, AGENT_MAX));
    return new Device(cut, network(address));
  }

  /// The network of an address: three parts of four of IPv4, three of eight of IPv6.
  private static String network(String address) {
    var plain = address.toLowerCase(Locale.ROOT);
    var parts = plain.contains(":") ? plain.split(":") : plain.split("\\.");
    if (parts.length < 3) {
      return plain.equals("::1") ? plain : "";
    }
    return plain.contains(":")
        ? parts[0] + ":" + parts[1] + ":" + parts[2] + "::/48"
        : parts[0] + "." + parts[1] + "." + parts[2] + ".0/24";
  }
}
