package engineroom.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongFunction;

/// Reads that are sent when they are due, however long those before them take. A read that has to
/// wait for its connection counts from when it was due.
final class PacedReads {
  static final int PER_SECOND = 400;
  private static final int CONNECTIONS = 16;

  private final InetSocketAddress server;
  private final LongFunction<byte[]> request;

  PacedReads(URI server, LongFunction<byte[]> request) {
    this.server = new InetSocketAddress(server.getHost(), server.getPort());
    this.request = request;
  }

  /// How long reads took, in milliseconds.
  ///
  /// @param sorted the shortest first
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Times(double[] sorted) {
    /// The time that a share of them took at most.
    double at(double share) {
      return sorted[(int) Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
    }
  }

  Times run(Duration time) throws InterruptedException {
    return run(time, () -> {});
  }

  /// @param beside is done at the same time; reads go on until both are over
  Times run(Duration time, Runnable beside) throws InterruptedException {
    var other = Thread.ofPlatform().start(beside);
    var all = new ArrayList<double[]>();
    var readers = new ArrayList<Thread>();
    long begin = System.nanoTime();
    for (int i = 0; i < CONNECTIONS; i++) {
      int place = i;
      readers.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    var own = reads(place, begin, time, other);
                    synchronized (all) {
                      all.add(own);
                    }
                  }));
    }
    for (var reader : readers) {
      reader.join();
    }
    other.join();
    return new Times(all.stream().flatMapToDouble(Arrays::stream).sorted().toArray());
  }

  private double[] reads(int place, long begin, Duration time, Thread other) {
    var times = new ArrayList<Double>();
    long apart = 1_000_000_000L * CONNECTIONS / PER_SECOND;
    try (var socket = new Socket()) {
      socket.setTcpNoDelay(true);
      socket.connect(server, 5_000);
      socket.setSoTimeout(60_000);
      var in = new BufferedInputStream(socket.getInputStream());
      long due = begin + apart * place / CONNECTIONS;
      for (long n = place; due < begin + time.toNanos() || other.isAlive(); n += CONNECTIONS) {
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
          LockSupport.parkNanos(left);
        }
        socket.getOutputStream().write(request.apply(n));
        int status = LoadClient.answer(in);
        if (status != 200) {
          throw new IllegalStateException("a read was answered " + status);
        }
        times.add((System.nanoTime() - due) / 1e6);
        due += apart;
      }
    } catch (IOException e) {
      throw new IllegalStateException("the connection broke", e);
    }
    return times.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
