package engineroom.client;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where requests go: a server, or a database that no server has open.
public interface Api extends AutoCloseable {
  /// One request.
  ///
  /// @param target path and query: `/api/products/import?by=sku`
  /// @param body a file to send, or null
  record Ask(String method, String target, Map<String, String> headers, @Nullable Path body) {}

  /// One answer.
  ///
  /// @param headers by names in lower case
  record Reply(int status, Map<String, String> headers, Content content) {
    /// The value of a header field, or an empty text.
    public String header(String name) {
      return headers.getOrDefault(name, "");
    }

    /// Whether it is not a problem.
    public boolean good() {
      return status < 400;
    }
  }

  /// The body of an answer, to be taken once.
  interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /// Hears how far a request is.
  interface Watch {
    void show(String what, long done, long whole);
  }

  /// Sends a request.
  ///
  /// @param watch hears how much of the body has been taken
  Reply send(Ask ask, Watch watch) throws IOException;

  @Override
  void close();
}
