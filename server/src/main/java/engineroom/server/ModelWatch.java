package engineroom.server;

import engineroom.problem.ProblemException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Watches whether the database still is what the model that is served needs: another process may
/// migrate it. Then the model is read from its files anew, which may have been exchanged already;
/// where it does not fit either, nothing is served until one of both does.
final class ModelWatch implements AutoCloseable {
  /// Half of the second within which a process notices.
  private static final Duration EVERY = Duration.ofMillis(500);

  private static final Duration END = Duration.ofSeconds(5);

  /// Looks between two times that files are read which were found not to fit.
  private static final int FILES_EVERY = 4;

  private static final Logger LOG = System.getLogger("engineroom.store");

  private final Served served;
  private final Thread thread;
  private final CountDownLatch end = new CountDownLatch(1);
  private List<String> told = List.of();
  private int looks;

  /// What is served.
  interface Served {
    /// What keeps the model from being served, in words.
    List<String> obstacles();

    /// Takes the model of the files, where the database fits it as it is; tells whether it did.
    boolean takesFiles();

    /// Answers nothing but that the model does not fit.
    void halts(List<String> obstacles);

    /// Answers again.
    void goesOn();
  }

  ModelWatch(Served served) {
    this.served = served;
    this.thread = Thread.ofPlatform().daemon().name("model-watch").unstarted(this::loop);
  }

  ModelWatch start() {
    thread.start();
    return this;
  }

  private void loop() {
    try {
      while (!end.await(EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
        tick();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// Looks once.
  void tick() {
    try {
      var obstacles = served.obstacles();
      if (obstacles.isEmpty()) {
        goOn();
      } else {
        halt(obstacles);
      }
    } catch (ProblemException _) {
      // the database can't be reached: whoever asks for rows is told
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "the model can't be compared with the database, tried again", e);
    }
  }

  private void goOn() {
    if (!told.isEmpty()) {
      LOG.log(Level.INFO, "the database fits the model again: requests are answered");
      told = List.of();
      served.goesOn();
    }
  }

  private void halt(List<String> obstacles) {
    if (told.isEmpty() || looks++ % FILES_EVERY == 0) {
      if (served.takesFiles()) {
        LOG.log(Level.INFO, "the database was migrated: the model is read anew");
        told = List.of();
        served.goesOn();
        return;
      }
    }
    if (!told.equals(obstacles)) {
      LOG.log(
          Level.ERROR,
          "the database was migrated to another model, and requests are refused until this process"
              + " has its files: "
              + String.join("; ", obstacles));
      told = obstacles;
      served.halts(obstacles);
    }
  }

  @Override
  public void close() {
    end.countDown(); // no interrupt, which could hit the model's change
    if (thread.getState() == Thread.State.NEW) {
      return;
    }
    try {
      var _ = thread.join(END);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
