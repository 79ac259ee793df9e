package {{package}}.client;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Parameters of a request. */
final class Parameters {
  private final List<String> all = new ArrayList<>();

  Parameters add(String name, Object value) {
    all.add(encoded(name) + "=" + encoded(value.toString()));
    return this;
  }

  Parameters addAll(String name, List<String> values) {
    return values.isEmpty() ? this : add(name, String.join(",", values));
  }

  void addAll(Parameters others) {
    all.addAll(others.all);
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Override
  public String toString() {
    return String.join("&", all);
  }
}
