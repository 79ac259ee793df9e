package {{package}}.client;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The cookies of one server, in memory. */
final class Cookies {
  private final Map<String, String> values = new LinkedHashMap<>();

  /** Takes what an answer sets, and leaves out what it takes away. */
  synchronized void from(HttpResponse<?> response) {
    for (var cookie : response.headers().allValues("Set-Cookie")) {
      var parts = cookie.split(";");
      int at = parts[0].indexOf('=');
      var name = parts[0].substring(0, Math.max(at, 0)).strip();
      var value = parts[0].substring(at + 1).strip();
      if (value.isEmpty()) {
        values.remove(name);
      } else if (!name.isEmpty()) {
        values.put(name, value);
      }
    }
  }

  /** Goes with a request. */
  synchronized void in(HttpRequest.Builder request) {
    if (!values.isEmpty()) {
      request.setHeader(
          "Cookie",
          values.entrySet().stream()
              .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
              .collect(Collectors.joining("; ")));
    }
  }

  synchronized boolean isEmpty() {
    return values.isEmpty();
  }

  synchronized void clear() {
    values.clear();
  }
}
