package engineroom.door.retry;

import engineroom.http.Response;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;

/// An answer as bytes that are kept, and back.
final class AnswerBytes {
  private AnswerBytes() {}

  static byte[] write(Response response) {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      out.writeShort(response.status());
      out.writeShort(response.headers().size());
      for (var header : response.headers().entrySet()) {
        out.writeUTF(header.getKey());
        out.writeUTF(header.getValue());
      }
      switch (response.body()) {
        case Response.Body.None _ -> out.writeInt(-1);
        case Response.Body.Bytes(var body) -> {
          out.writeInt(body.length);
          out.write(body);
        }
        case Response.Body.Stream _ ->
            throw new IllegalStateException("the answer to a write is no stream");
      }
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
    return bytes.toByteArray();
  }

  static Response read(byte[] bytes) {
    try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int status = in.readUnsignedShort();
      int count = in.readUnsignedShort();
      var headers = new LinkedHashMap<String, String>();
      for (int i = 0; i < count; i++) {
        headers.put(in.readUTF(), in.readUTF());
      }
      int length = in.readInt();
      Response.Body body =
          length < 0 ? Response.Body.None.NONE : new Response.Body.Bytes(in.readNBytes(length));
      return new Response(status, headers, body);
    } catch (IOException e) {
      throw new IllegalStateException("a kept answer can't be read", e);
    }
  }
}
