package {{package}}.client;

import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;

/** One request as it goes to the server. */
final class Request {
  /** What is done with a request that fails on its way. */
  enum Repeat {
    /** It changes nothing. */
    SAFE,
    /** A key makes it be done once. */
    KEYED,
    /** It is sent once. */
    NEVER
  }

  final String method;
  final String path;
  final Parameters parameters = new Parameters();
  Json body;
  Repeat repeat;
  String key;
  Long ifVersion;
  Duration timeout;
  boolean bare;
  String accept = "application/json";
  private FileOfRows file;

  Request(String method, String path) {
    this.method = method;
    this.path = path;
    this.repeat = method.equals("GET") ? Repeat.SAFE : Repeat.KEYED;
  }

  Request body(Json json) {
    body = json;
    return this;
  }

  Request file(FileOfRows rows) {
    file = rows;
    return this;
  }

  /** What its body is; null where it has none. */
  String type() {
    return file != null ? file.type() : body == null ? null : "application/json";
  }

  BodyPublisher content() {
    if (file != null) {
      return file.content().get();
    }
    return body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.written());
  }

  Request repeat(Repeat how) {
    repeat = how;
    return this;
  }

  /** Goes without tokens: it begins, renews or ends the session. */
  Request bare() {
    bare = true;
    return this;
  }
}
