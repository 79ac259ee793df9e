package engineroom.door.inbox;

import engineroom.http.Request;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Tells whether a request comes from a page or a program on this machine, and from nobody behind
/// it.
final class Nearby {
  /// Names that no site on the internet can have.
  private static final Pattern HOST =
      Pattern.compile("(?:localhost|127\\.0\\.0\\.1|\\[::1\\])(?::[0-9]{1,5})?");

  private static final Pattern NUMBERS = Pattern.compile("[0-9a-fA-F.:%]+");
  private static final List<String> OF_PROXIES =
      List.of("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via");

  private Nearby() {}

  static boolean is(Request request) {
    return loopback(request.call().address())
        && matches(request, "Host")
        && request.headers().find("Origin").isEmpty()
        && sameSite(request.headers().find("Sec-Fetch-Site"))
        && OF_PROXIES.stream().allMatch(name -> request.headers().find(name).isEmpty());
  }

  private static boolean matches(Request request, String header) {
    return request.headers().find(header).filter(host -> HOST.matcher(host).matches()).isPresent();
  }

  /// A page of ours, a person who typed the address, or no browser at all.
  private static boolean sameSite(Optional<String> site) {
    return site.isEmpty() || site.get().equals("same-origin") || site.get().equals("none");
  }

  private static boolean loopback(String address) {
    try {
      return NUMBERS.matcher(address).matches()
          && InetAddress.getByName(address).isLoopbackAddress();
    } catch (UnknownHostException _) {
      return false; // no address at all
    }
  }
}
