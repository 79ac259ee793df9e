package engineroom.stores.sqlite;

import engineroom.migrate.Layout;
import engineroom.migrate.MigrationPlan;
import engineroom.migrate.MigrationPlan.Loss;
import engineroom.migrate.ModelChange;
import engineroom.migrate.Step.Mark;
import engineroom.migrate.Step.Planned;
import engineroom.model.History;
import engineroom.model.Model;
import engineroom.operation.FieldRules;
import engineroom.problem.ProblemException;
import engineroom.stores.Database;
import engineroom.stores.Duty;
import engineroom.stores.SharedNotes;
import engineroom.stores.SharedUse;
import engineroom.stores.copy.CopyRecord;
import engineroom.stores.kept.TrashTable;
import engineroom.stores.migrate.Backup;
import engineroom.stores.migrate.Ground;
import engineroom.stores.migrate.Intention;
import engineroom.stores.migrate.Migration;
import engineroom.stores.migrate.Recorded;
import engineroom.stores.migrate.SharedSteps;
import engineroom.stores.sql.Computations;
import engineroom.stores.sqlite.SqliteConnection.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An open database file: its connections, its writer and its upkeep. Lives on when the model
/// changes; each model has a [SqliteStore] of its own on it.
public final class SqliteDatabase implements Database {
  private static final long WATCH_MILLIS = 20;
  private static final long CHECKPOINT_MILLIS = 1000;
  private static final long CHECKPOINT_BYTES = 4L << 20;

  private final Path file;
  private final FileChannel lock;
  private final FieldRules rules;
  private final boolean fresh;
  private final Optional<String> note;
  private final Computations computations = new Computations();
  private final SqliteWriter writer;
  private final SqliteReaders readers;
  private final SqliteConnection upkeep;
  private final Thread watch;
  private volatile @Nullable Fit fit;
  private volatile boolean closing;

  private SqliteDatabase(Path file, FileChannel lock, FieldRules rules) {
    this.file = file;
    this.lock = lock;
    this.rules = rules;
    this.fresh = !Files.exists(file);
    this.writer = new SqliteWriter(new SqliteConnection(file, Role.WRITER, computations));
    refuseUnfinished();
    writer.alone(ChangeLog::create);
    writer.alone(AnswerTable::create);
    writer.alone(SequenceTable::create);
    writer.alone(TrashTable::create);
    this.note = writer.alone(connection -> begun(connection, file));
    this.readers = new SqliteReaders(() -> new SqliteConnection(file, Role.READER, computations));
    this.upkeep = new SqliteConnection(file, Role.WRITER, computations);
    this.watch = Thread.ofPlatform().daemon().name("sqlite-watch").start(this::watch);
    Thread.ofPlatform().daemon().name("sqlite-upkeep").start(this::keepUp);
  }

  /// Lets go of the file where a copy into it is not finished.
  private void refuseUnfinished() {
    try {
      writer.alone(
          connection -> {
            CopyRecord.serve(new SqliteGround(connection));
            return true;
          });
    } catch (ProblemException e) {
      writer.close();
      unlock();
      throw e;
    }
  }

  private static Optional<String> begun(SqliteConnection connection, Path file) {
    new SqliteGround(connection).makeRecord();
    return new Intention(file).ended(Recorded.last(connection));
  }

  /// Makes the driver ready, so that a start that has other things to do meanwhile is shorter by
  /// it. Changes nothing else.
  public static void load() {
    SqliteConnection.load();
  }

  /// Opens a database file, or makes one.
  public static SqliteDatabase open(Path file) {
    return open(file, new FieldRules((_, _) -> List.of()));
  }

  /// Opens a database file, or makes one.
  ///
  /// @param rules that migrations hold values against
  public static SqliteDatabase open(Path file, FieldRules rules) {
    var path = file.toAbsolutePath();
    try {
      Files.createDirectories(path.getParent());
      return new SqliteDatabase(path, FileLocks.locked(path), rules);
    } catch (IOException e) {
      throw new UncheckedIOException("can't open " + path, e);
    } catch (SqliteFailure e) {
      throw SqliteProblems.told(e, Duration.ZERO);
    }
  }

  @Override
  public boolean fresh() {
    return fresh;
  }

  @Override
  public Optional<String> note() {
    return note;
  }

  /// None: each commit is on the disk before it is acknowledged.
  @Override
  public List<String> weaknesses() {
    return List.of();
  }

  @Override
  public List<String> planned(Model model) {
    return writer.alone(
        connection ->
            new Fit(model, Recorded.last(connection)).equals(fit)
                ? List.of()
                : new Migration(new SqliteGround(connection), model, rules).words());
  }

  /// A model that the database fits since a migration, by the same object: whether it still does is
  /// asked often.
  private record Fit(Model model, long migration) {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Fit(var others, var number) && others == model && number == migration;
    }

    @Override
    public int hashCode() {
      return Long.hashCode(migration);
    }
  }

  @Override
  public MigrationPlan plan(Model model) {
    return writer.alone(
        connection ->
            new Migration(new SqliteGround(connection), model, rules).plan(Instant.now()));
  }

  /// The plan for a database that another process may have open; changes nothing.
  public static MigrationPlan plan(Path file, Model model, FieldRules rules) {
    if (!Files.exists(file)) {
      var steps = ModelChange.between(Layout.EMPTY, History.stored(model)).steps();
      var planned = steps.stream().map(step -> new Planned(step, Mark.SAFE, 0)).toList();
      return new MigrationPlan(planned, List.of(), List.of());
    }
    try (var connection = new SqliteConnection(file, Role.READER, new Computations())) {
      return new Migration(new SqliteGround(connection), model, rules).plan(Instant.now());
    } catch (SqliteFailure e) {
      throw SqliteProblems.told(e, Duration.ZERO);
    }
  }

  @Override
  public List<String> drift(Model model) {
    return writer.alone(connection -> drift(new SqliteGround(connection), model));
  }

  private static List<String> drift(Ground ground, Model model) {
    return ground.drift(Recorded.read(ground, model).layout());
  }

  @Override
  public Migrated migrate(Model model, Loss loss) {
    return writer.alone(connection -> migrate(connection, model, loss));
  }

  private Migrated migrate(SqliteConnection connection, Model model, Loss loss) {
    var now = Instant.now();
    var migration = new Migration(new SqliteGround(connection), model, rules);
    if (migration.change().steps().isEmpty() && !migration.recorded().former()) {
      fit = new Fit(model, migration.recorded().number());
      return new Migrated(new MigrationPlan(List.of(), List.of(), List.of()), null);
    }
    var plan = migration.plan(now);
    if (!plan.faults().isEmpty()) {
      throw SharedSteps.refused(plan.faults());
    }
    if (!plan.losses().isEmpty() && loss == Loss.REFUSED) {
      throw SharedSteps.wouldLose(plan.losses());
    }
    var backup = plan.losses().isEmpty() ? null : backUp(connection, now);
    var intention = new Intention(file);
    intention.write(migration.recorded().number() + 1);
    try {
      new MigrationRun(connection, migration, now).run();
    } finally {
      intention.clear();
    }
    fit = new Fit(model, migration.recorded().number() + 1);
    return new Migrated(plan, backup == null ? null : backup.toString());
  }

  private Path backUp(SqliteConnection connection, Instant now) {
    var copy = Backup.write(file, now, connection::execute);
    try (var reader = new SqliteConnection(copy, Role.READER, new Computations());
        var rows = reader.statement("PRAGMA quick_check").run()) {
      if (!rows.next() || !rows.text(0).equals("ok")) {
        throw new IllegalStateException("the backup " + copy + " can't be read");
      }
    }
    return copy;
  }

  @Override
  public SqliteStore store(Model model) {
    migrate(model, Loss.REFUSED);
    return new SqliteStore(this, model);
  }

  @Override
  public List<String> obstacles(Model model) {
    return planned(model);
  }

  @Override
  public SqliteStore storeAsItIs(Model model) {
    return store(model);
  }

  /// Never: nobody else could have migrated it.
  @Override
  public boolean passed(Model model) {
    return false;
  }

  /// The file is locked while it is open.
  @Override
  public boolean shared() {
    return false;
  }

  @Override
  public Optional<SharedUse> use() {
    return Optional.empty();
  }

  @Override
  public Optional<SharedNotes> notes() {
    return Optional.empty();
  }

  @Override
  public Map<String, String> common(Map<String, String> own) {
    return own;
  }

  @Override
  public Duty duty(String name) {
    return Duty.ALWAYS;
  }

  Computations computations() {
    return computations;
  }

  SqliteWriter writer() {
    return writer;
  }

  SqliteReaders readers() {
    return readers;
  }

  private void watch() {
    while (!closing) {
      pause(WATCH_MILLIS);
      var now = System.nanoTime();
      readers.all().forEach(connection -> connection.interruptLate(now));
    }
  }

  /// Moves what the log holds into the file, off the writer's thread.
  private void keepUp() {
    var log = file.resolveSibling(file.getFileName() + "-wal");
    var moved = 0L;
    while (!closing) {
      pause(CHECKPOINT_MILLIS);
      var commits = writer.commits();
      synchronized (upkeep) {
        // the log keeps its length when it begins again, so length alone says little
        if (!closing && commits != moved && log.toFile().length() > CHECKPOINT_BYTES) {
          upkeep.run("PRAGMA wal_checkpoint(PASSIVE)");
          moved = commits;
        }
      }
    }
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    synchronized (upkeep) {
      if (closing) {
        return;
      }
      closing = true;
      upkeep.close();
    }
    watch.interrupt();
    join();
    readers.close();
    writer.close();
    unlock();
  }

  private void unlock() {
    try {
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException("can't unlock " + file, e);
    }
  }

  @Override
  public void forget() {
    close();
    if (fresh) {
      List.of("", "-wal", "-shm").forEach(this::delete);
    }
  }

  private void delete(String ending) {
    try {
      Files.deleteIfExists(file.resolveSibling(file.getFileName() + ending));
    } catch (IOException e) {
      throw new UncheckedIOException("can't delete " + file, e);
    }
  }

  private void join() {
    try {
      watch.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
