package engineroom.stores.session;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Ends connections whose server says nothing for too long: a network may swallow an answer, and
/// nothing else would end the waiting. A thread looks at all of them twice a second. The driver's
/// own limit makes a timer for each read of a socket, which took a tenth of an insert.
public final class Silence {
  private static final Duration EVERY = Duration.ofMillis(500);
  private static final Set<Listener> LISTENERS = ConcurrentHashMap.newKeySet();

  static {
    Thread.ofPlatform().daemon().name("database-silence").start(Silence::watch);
  }

  private Silence() {}

  /// Somebody who asks a server, one thing after another, and waits for each answer.
  public static final class Listener implements AutoCloseable {
    private final Connection connection;
    private final long patience;

    /// When something was asked, by [System#nanoTime]; 0 while nothing is.
    private volatile long asked;

    private Listener(Connection connection, Duration patience) {
      this.connection = connection;
      this.patience = patience.toNanos();
    }

    /// The wait for an answer begins.
    public void asks() {
      asked = System.nanoTime() | 1; // never 0
    }

    /// The answer is there.
    public void hears() {
      asked = 0;
    }

    private void end(long now) {
      var since = asked;
      if (since == 0 || now - since < patience) {
        return;
      }
      try {
        connection.abort(Runnable::run); // who waits gets the failure of a lost connection
      } catch (SQLException | RuntimeException _) {
        // it was closed meanwhile; whatever it is, the others are looked at
      }
    }

    @Override
    public void close() {
      LISTENERS.remove(this);
    }
  }

  /// Watches over a connection until the listener is closed.
  ///
  /// @param patience how long each answer may take
  public static Listener listener(Connection connection, Duration patience) {
    var listener = new Listener(connection, patience);
    LISTENERS.add(listener);
    return listener;
  }

  private static void watch() {
    try {
      while (true) {
        Thread.sleep(EVERY);
        var now = System.nanoTime();
        LISTENERS.forEach(listener -> listener.end(now));
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
