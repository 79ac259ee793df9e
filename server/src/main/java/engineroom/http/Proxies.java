package engineroom.http;

import engineroom.net.Network;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/// The proxies that are trusted to tell whom they ask for. From the nearest outwards, each address
/// is believed as long as a trusted proxy told it; the first that is no trusted proxy is the
/// client's. What a client writes itself stands farther out, and is never reached.
public final class Proxies {
  private static final Pattern PORT = Pattern.compile(":[0-9]{1,5}$");
  private static final Pattern FOR = Pattern.compile("(?i)^for=\"?([^\"]*)\"?$");

  /// Addresses looked at, beginning with the nearest.
  private static final int HOPS_MAX = 20;

  private final List<Network> trusted;

  /// @param networks addresses, or networks as `10.0.0.0/8`
  public Proxies(List<String> networks) {
    trusted = networks.stream().map(Proxies::network).toList();
  }

  private static Network network(String text) {
    return Network.parse(text)
        .orElseThrow(() -> new IllegalArgumentException(text + " is no address or network."));
  }

  /// Whether there is none.
  boolean none() {
    return trusted.isEmpty();
  }

  /// The address of the client.
  ///
  /// @param peer the other end of the connection
  /// @param forwardedFor `X-Forwarded-For`, all of its values joined by commas; or empty
  /// @param forwarded `Forwarded`, likewise. Where both are there, a proxy wrote one of them only:
  ///   they must say the same
  String client(String peer, String forwardedFor, String forwarded) {
    if (trusted.isEmpty()) {
      return peer;
    }
    var one = client(peer, Arrays.asList(forwardedFor.split(",", -1)));
    if (forwarded.isBlank()) {
      return one;
    }
    var other = client(peer, Arrays.stream(forwarded.split(",", -1)).map(Proxies::node).toList());
    return forwardedFor.isBlank() || one.equals(other) ? other : peer;
  }

  private String client(String peer, List<String> told) {
    var known = peer;
    var outwards = told.reversed();
    for (var hop : outwards.subList(0, Math.min(HOPS_MAX, outwards.size()))) {
      if (!trusts(known)) {
        return known;
      }
      var next = Network.address(withoutPort(hop.strip()));
      if (next.isEmpty()) {
        return known;
      }
      known = next.get().getHostAddress();
    }
    return known;
  }

  private boolean trusts(String text) {
    var address = Network.address(text);
    return address.isPresent() && trusted.stream().anyMatch(n -> n.contains(address.get()));
  }

  /// The `for` of one element of `Forwarded`; empty where it has none.
  private static String node(String element) {
    for (var pair : element.split(";", -1)) {
      var matcher = FOR.matcher(pair.strip());
      if (matcher.matches()) {
        return matcher.group(1);
      }
    }
    return "";
  }

  private static String withoutPort(String node) {
    if (node.startsWith("[")) {
      var end = node.indexOf(']');
      return end < 0 ? "" : node.substring(1, end);
    }
    return node.indexOf('.') >= 0 && node.indexOf(':') == node.lastIndexOf(':')
        ? PORT.matcher(node).replaceFirst("")
        : node;
  }
}
