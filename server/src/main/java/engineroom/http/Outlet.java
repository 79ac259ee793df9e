package engineroom.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataWriter;
import io.helidon.webserver.ServerConnectionException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedChannelException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// The bytes of one HTTP/1.1 connection on their way to the client, which must take each piece of
/// them in time: one that does not would hold a thread and what it sends.
///
/// @param limits those of the moment
record Outlet(DataWriter library, Accepted.Client client, Supplier<Limits> limits)
    implements DataWriter {
  /// A slow client takes this much within the time of a request.
  private static final int PIECE = 64 << 10;

  @Override
  public void write(BufferData buffer) {
    inPieces(buffer, library::write);
  }

  @Override
  public void write(BufferData... buffers) {
    write(BufferData.create(buffers));
  }

  @Override
  public void writeNow(BufferData buffer) {
    inPieces(buffer, library::writeNow);
  }

  @Override
  public void writeNow(BufferData... buffers) {
    writeNow(BufferData.create(buffers));
  }

  @Override
  public void flush() {
    within(library::flush);
  }

  private void inPieces(BufferData buffer, Consumer<BufferData> writer) {
    while (buffer.available() > PIECE) {
      var piece = new byte[PIECE];
      var length = buffer.read(piece);
      within(() -> writer.accept(BufferData.create(piece, 0, length)));
    }
    within(() -> writer.accept(buffer));
  }

  private void within(Runnable work) {
    client.sending(limits.get().request());
    try {
      work.run();
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof ClosedChannelException) {
        throw new ServerConnectionException("the client does not take its answer", e);
      }
      throw e;
    } finally {
      client.taken();
    }
  }
}
