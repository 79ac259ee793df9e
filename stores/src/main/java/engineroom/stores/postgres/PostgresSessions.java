package engineroom.stores.postgres;

import engineroom.model.Model;
import engineroom.stores.postgres.PostgresConnection.Begin;
import engineroom.stores.postgres.PostgresWriting.Care;
import engineroom.stores.postgres.replica.Replica;
import engineroom.stores.postgres.replica.WatchedReplicas;
import engineroom.stores.session.GroupCommit;
import engineroom.stores.session.ReadSession;
import engineroom.stores.session.Sessions;
import engineroom.stores.session.Sharing;
import engineroom.stores.session.Writing;
import engineroom.stores.sql.Dialect;
import engineroom.stores.sql.SqlText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A PostgreSQL database as the store of a model uses it.
///
/// @param replicas that reads may go to; null where none do
/// @param tables the position of the log behind which the tables are those of the model
/// @param creations that share transactions
record PostgresSessions(
    PostgresDatabase database,
    Model model,
    @Nullable WatchedReplicas replicas,
    long tables,
    GroupCommit creations)
    implements Sessions {
  private static final Duration EXPLAIN_LIMIT = Duration.ofMinutes(10);

  /// A replica that is as far as the log is now has the tables as they are now. Creations leave
  /// half of the connections to others.
  static PostgresSessions of(
      PostgresDatabase database, Model model, @Nullable WatchedReplicas replicas, int connections) {
    var tables = replicas == null ? 0 : database.read(EXPLAIN_LIMIT, PostgresSessions::position);
    var creations =
        new GroupCommit(
            Math.max(1, connections / 2),
            (works, committed) ->
                database.once(
                    Begin.SHARED,
                    committed,
                    (connection, care) -> {
                      works.accept(new PostgresWriting(database, model, connection, care));
                      return true;
                    },
                    Care.AT_ONCE));
    return new PostgresSessions(database, model, replicas, tables, creations);
  }

  private static long position(PostgresConnection connection) {
    try (var rows = connection.rows(WatchedReplicas.POSITION)) {
      rows.next();
      return rows.number(0);
    }
  }

  @Override
  public Dialect dialect() {
    return database.dialect();
  }

  @Override
  public <T extends @Nullable Object> T read(Duration timeLimit, Function<ReadSession, T> work) {
    return database.read(timeLimit, work::apply);
  }

  @Override
  public <T> T still(Duration timeLimit, Function<ReadSession, T> work) {
    return database.read(
        timeLimit, connection -> connection.transaction(Begin.READ, () -> work.apply(connection)));
  }

  /// A failure would take the transaction along, so what may fail has a part of it to itself.
  @Override
  public <T> T said(ReadSession session, Supplier<T> reading, Supplier<T> otherwise) {
    session.execute("SAVEPOINT step");
    try {
      return reading.get();
    } catch (PostgresFailure e) {
      if (!e.unsaid()) {
        throw e;
      }
      session.execute("ROLLBACK TO step");
      return otherwise.get();
    }
  }

  @Override
  public <T> T write(Function<Writing, T> work) {
    return database.write(
        (connection, care) -> work.apply(new PostgresWriting(database, model, connection, care)));
  }

  @Override
  public <T> T create(String entity, GroupCommit.Work<T> work) {
    return creations.write(
        entity,
        work,
        WatchedReplicas.listener(),
        () -> write(writing -> work.run(writing, Sharing.NONE)));
  }

  @Override
  public Sessions anywhere() {
    return replicas == null ? this : new Anywhere(this, replicas);
  }

  @Override
  public List<String> explain(SqlText sql) {
    return database.read(EXPLAIN_LIMIT, connection -> PostgresExplain.lines(connection, sql));
  }

  @Override
  public long settled(ReadSession session) {
    return ChangeLog.settled(session);
  }

  /// The same, where replicas answer what they may.
  private record Anywhere(PostgresSessions primary, WatchedReplicas replicas) implements Sessions {
    @Override
    public Dialect dialect() {
      return primary.dialect();
    }

    @Override
    public <T extends @Nullable Object> T read(Duration limit, Function<ReadSession, T> work) {
      return read(limit, work::apply, left -> primary.read(left, work));
    }

    @Override
    public <T> T still(Duration limit, Function<ReadSession, T> work) {
      return read(
          limit,
          connection -> connection.transaction(Begin.READ, () -> work.apply(connection)),
          left -> primary.still(left, work));
    }

    /// Reads from the replica that is free for it. Where that fails, the primary answers, in the
    /// time that is left: no failure of a copy is the caller's.
    private <T extends @Nullable Object> T read(
        Duration limit, Function<PostgresConnection, T> work, Function<Duration, T> otherwise) {
      var replica = replicas.chosen(primary.tables());
      if (replica == null) {
        return otherwise.apply(limit);
      }
      var begun = System.nanoTime();
      Supplier<Duration> left = () -> limit.minusNanos(System.nanoTime() - begun);
      try (var connection = new PostgresConnection(replica.take(), primary.database().dialect())) {
        connection.within(limit);
        return work.apply(connection);
      } catch (PostgresFailure e) {
        if (e.unsaid()) {
          throw e;
        }
        if (e.lost()) {
          replica.lost();
        }
        if (!left.get().isPositive()) {
          throw PostgresProblems.told(e, limit);
        }
      } catch (Replica.Busy _) {
        // the primary may be less so
      }
      WatchedReplicas.gaveUp();
      return otherwise.apply(left.get());
    }

    @Override
    public <T> T said(ReadSession session, Supplier<T> reading, Supplier<T> otherwise) {
      return primary.said(session, reading, otherwise);
    }

    @Override
    public <T> T write(Function<Writing, T> work) {
      return primary.write(work);
    }

    @Override
    public <T> T create(String entity, GroupCommit.Work<T> work) {
      return primary.create(entity, work);
    }

    /// With the server that a read of the same request would be answered by.
    @Override
    public List<String> explain(SqlText sql) {
      var replica = replicas.chosen(primary.tables());
      var lines = new ArrayList<String>();
      lines.add("Server: " + (replica == null ? "primary" : "replica"));
      lines.addAll(primary.explain(sql));
      return lines;
    }

    @Override
    public long settled(ReadSession session) {
      return primary.settled(session);
    }
  }
}
