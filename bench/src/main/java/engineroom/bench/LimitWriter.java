package engineroom.bench;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;

/// The writes of the limit program: one thread, one transaction for all that wait, durable before
/// anybody is answered.
final class LimitWriter {
  private static final int BATCH_MAX = 512;

  /// From this length on, in pages, the write-ahead log shall begin again, as in the real program.
  private static final int LOG_PAGES = 2048;

  private final BlockingQueue<Job> queue = new ArrayBlockingQueue<>(10_000);
  private final LimitStatement begin;
  private final LimitStatement commit;
  private final LimitStatement insert;
  private final LimitStatement log;
  private final LimitStatement checkpoint;
  private final LimitStatement finish;
  private volatile boolean full;

  /// The values of a new address.
  record Address(String customer, String street, String postcode, String city, String country) {}

  private record Job(Address address, CompletableFuture<byte[]> answer) {}

  LimitWriter(Path file) throws SQLException {
    var connection =
        LimitReads.open(file, "journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON");
    begin = new LimitStatement(connection, "BEGIN IMMEDIATE");
    commit = new LimitStatement(connection, "COMMIT");
    insert = new LimitStatement(connection, LimitSql.INSERT);
    log = new LimitStatement(connection, LimitSql.LOG);
    finish = new LimitStatement(connection, "PRAGMA wal_checkpoint(PASSIVE)");
    connection.setAutoCommit(false);
    connection.getDatabase()._exec("COMMIT");
    var upkeep = LimitReads.open(file);
    checkpoint = new LimitStatement(upkeep, "PRAGMA wal_checkpoint(PASSIVE)");
    Thread.ofPlatform().daemon().name("limit-writer").start(this::loop);
    Thread.ofPlatform().daemon().name("limit-upkeep").start(this::keepUp);
  }

  /// Writes one address and gives its JSON when it is durable.
  byte[] write(Address address) {
    var job = new Job(address, new CompletableFuture<>());
    if (!queue.offer(job)) {
      throw new IllegalStateException("too many writes wait");
    }
    return job.answer().join();
  }

  private void keepUp() {
    try {
      while (true) {
        Thread.sleep(100);
        checkpoint.run();
        full = checkpoint.number(1) > LOG_PAGES;
        checkpoint.reset();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (SQLException e) {
      throw new IllegalStateException("the limit program can't checkpoint", e);
    }
  }

  private void loop() {
    var jobs = new ArrayList<Job>();
    try {
      while (true) {
        jobs.add(queue.take());
        if (full) {
          full = false;
          finish.once();
        }
        queue.drainTo(jobs, BATCH_MAX - 1);
        batch(jobs);
        jobs.clear();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (SQLException e) {
      throw new IllegalStateException("the limit program can't checkpoint", e);
    }
  }

  private void batch(List<Job> jobs) {
    try {
      begin.once();
      var answers = new ArrayList<byte[]>(jobs.size());
      for (var job : jobs) {
        answers.add(insert(job.address()));
      }
      commit.once();
      for (int i = 0; i < jobs.size(); i++) {
        jobs.get(i).answer().complete(answers.get(i));
      }
    } catch (SQLException e) {
      jobs.forEach(job -> job.answer().completeExceptionally(e));
    }
  }

  private byte[] insert(Address address) throws SQLException {
    var now = Instant.now();
    var id = id(now.toEpochMilli());
    var time = now.toString();
    insert.once(
        id,
        time,
        time,
        address.customer(),
        address.street(),
        address.postcode(),
        address.city(),
        address.country());
    log.once(id, json(id, time, address, "\"", "\""), id, time);
    return json(id, time, address, "{\"id\":\"", "\"}").getBytes(StandardCharsets.UTF_8);
  }

  /// None of these texts has a character that JSON escapes; the benchmark sends no other.
  static String json(String id, String time, Address address, String open, String close) {
    return "{\"id\":\""
        + id
        + "\",\"version\":1,\"createdAt\":\""
        + time
        + "\",\"updatedAt\":\""
        + time
        + "\",\"customer\":"
        + (open + address.customer() + close)
        + (",\"street\":\"" + address.street())
        + ("\",\"postcode\":\"" + address.postcode())
        + ("\",\"city\":\"" + address.city())
        + ("\",\"country\":\"" + address.country())
        + "\",\"location\":null}";
  }

  /// A UUID of version 7.
  static String id(long millis) {
    var random = ThreadLocalRandom.current();
    long high = millis << 16 | 0x7000 | random.nextInt(0x1000);
    long low = random.nextLong() & 0x3fff_ffff_ffff_ffffL | 0x8000_0000_0000_0000L;
    return new UUID(high, low).toString();
  }
}
