package engineroom.stores.sqlite;

import engineroom.migrate.MigrationPlan;
import engineroom.migrate.MigrationPlan.Loss;
import engineroom.model.Model;
import engineroom.operation.FieldRules;
import engineroom.problem.ProblemException;
import engineroom.stores.OneProcess;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An open database file: its connections, its writer and its upkeep. Lives on when the model
/// changes; each model has a [SqliteStore] of its own on it.
public final class SqliteDatabase implements OneProcess {
  private final Path file;
  private final @Nullable Attached attached;
  private final FileChannel lock;
  private final FieldRules rules;
  private final boolean fresh;
  private final Optional<String> note;
  private final Computations computations = new Computations();
  private final SqliteWriter writer;
  private final SqliteReaders readers;
  private final SqliteUpkeep upkeep;
  private volatile @Nullable Fit fit;

  private SqliteDatabase(
      Path file, @Nullable Attached attached, FileChannel lock, FieldRules rules) {
    this.file = file;
    this.attached = attached;
    this.lock = lock;
    this.rules = rules;
    this.fresh = !Files.exists(file);
    this.writer = new SqliteWriter(connection(Role.WRITER));
    refuseUnfinished();
    writer.alone(ChangeLog::create);
    writer.alone(AnswerTable::create);
    writer.alone(SequenceTable::create);
    writer.alone(TrashTable::create);
    this.note = writer.alone(connection -> begun(connection, file));
    this.readers = new SqliteReaders(() -> connection(Role.READER));
    this.upkeep = new SqliteUpkeep(writer, readers, connection(Role.WRITER));
  }

  private SqliteConnection connection(Role role) {
    return new SqliteConnection(file, attached, role, computations);
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

  /// How many statements this program has begun on all its database files.
  public static long statementsBegun() {
    return SqliteStatement.begun();
  }

  /// Opens a database file, or makes one.
  public static SqliteDatabase open(Path file) {
    return open(file, new FieldRules((_, _) -> List.of()));
  }

  /// Opens a database file, or makes one.
  ///
  /// @param rules that migrations hold values against
  public static SqliteDatabase open(Path file, FieldRules rules) {
    return open(file, null, rules);
  }

  /// The same beside somebody else's file.
  ///
  /// @param attached the file that has tables which the model adopts, or null
  public static SqliteDatabase open(Path file, @Nullable Path attached, FieldRules rules) {
    var path = file.toAbsolutePath();
    var other = attached == null ? null : new Attached(attached.toAbsolutePath());
    try {
      Files.createDirectories(path.getParent());
      return new SqliteDatabase(path, other, FileLocks.locked(path), rules);
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
                : words(connection, model));
  }

  private List<String> words(SqliteConnection connection, Model model) {
    var words = new ArrayList<>(migration(connection, model).words());
    words.addAll(Attached.fit(attached, connection, model).faults());
    return words;
  }

  /// Only the program's own tables are ever migrated.
  private Migration migration(SqliteConnection connection, Model model) {
    return new Migration(new SqliteGround(connection), model.owned(), rules);
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
            SharedSteps.plan(
                migration(connection, model), Attached.fit(attached, connection, model).faults()));
  }

  @Override
  public List<String> drift(Model model) {
    return writer.alone(connection -> drift(new SqliteGround(connection), model));
  }

  private static List<String> drift(Ground ground, Model model) {
    return ground.drift(Recorded.read(ground, model.owned()).layout());
  }

  @Override
  public Migrated migrate(Model model, Loss loss) {
    return writer.alone(connection -> migrate(connection, model, loss));
  }

  @Override
  public Taking taking(Model served, Model owning) {
    return writer.alone(
        connection -> {
          var ownership = Attached.ownership(attached, connection, served);
          var migration =
              new Migration(new SqliteGround(connection), owning, rules, ownership.intake());
          return new Taking(SharedSteps.plan(migration, ownership.faults()), ownership.changes());
        });
  }

  @Override
  public Migrated take(Model served, Model owning) {
    return writer.alone(
        connection -> {
          var ownership = Attached.ownership(attached, connection, served);
          SharedSteps.refuseMisfits(ownership.faults());
          return migrate(
              connection,
              owning,
              new Migration(new SqliteGround(connection), owning, rules, ownership.intake()),
              Loss.REFUSED);
        });
  }

  private Migrated migrate(SqliteConnection connection, Model model, Loss loss) {
    SharedSteps.refuseMisfits(Attached.fit(attached, connection, model).faults());
    return migrate(connection, model, migration(connection, model), loss);
  }

  private Migrated migrate(
      SqliteConnection connection, Model model, Migration migration, Loss loss) {
    var now = Instant.now();
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
    return new SqliteStore(
        this,
        model,
        writer.alone(connection -> Attached.fit(attached, connection, model)).tables());
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

  @Override
  public void close() {
    if (upkeep.end()) {
      readers.close();
      writer.close();
      unlock();
    }
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
}
