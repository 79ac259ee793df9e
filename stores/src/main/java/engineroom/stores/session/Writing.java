package engineroom.stores.session;

import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.model.Entity;
import engineroom.outcome.Change;
import engineroom.stores.session.Refusals.Refused;
import engineroom.stores.sql.EntitySql;
import engineroom.stores.sql.TableNames;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One transaction that writes, with what each kind of server does its own way. Implemented by each
/// kind.
public interface Writing {
  ReadSession session();

  /// The statements for what the program keeps besides rows.
  OwnRows own();

  /// Does a step, and something else where the database refuses it.
  <T> T step(Supplier<T> work, Function<SessionFailure, T> refused);

  /// Adds a row, now or with what is asked next: of what the database refuses then, the work hears
  /// when it is run once more.
  ///
  /// @param refused throws what there is to say
  default void add(
      String sql, @Nullable Object[] values, Function<SessionFailure, Boolean> refused) {
    step(() -> added(sql, values), refused);
  }

  private boolean added(String sql, @Nullable Object[] values) {
    session().rows(sql, values).close();
    return true;
  }

  /// Reads, and otherwise where a value can't be worked out.
  <T> T said(Supplier<T> reading, Supplier<T> otherwise);

  /// Runs work that is undone alone where it throws.
  <T> T attempt(Supplier<T> work);

  /// Adds changes to the log; the same with their numbers come back.
  List<Change> log(List<Change> changes);

  /// What a failure says of the row that was written.
  Refused refused(SessionFailure failure, TableNames names, Entity entity);

  /// Keeps what stands beside a new row.
  default void inserted(EntitySql sql, Row row) {}

  /// Keeps what stands beside a row some of whose fields are others now.
  default void updated(EntitySql sql, Row row, Set<String> fields) {}

  /// Deletes a row that the database keeps although nothing but the row itself refers to it.
  ///
  /// @return whether it was done
  default boolean deletedAlone(EntitySql sql, Value id) {
    return false;
  }
}
