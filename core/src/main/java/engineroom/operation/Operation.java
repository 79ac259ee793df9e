package engineroom.operation;

import engineroom.data.Value;
import engineroom.expression.Arguments;
import engineroom.expression.Expression;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is asked, in the model's words.
public sealed interface Operation {
  /// The entity whose rows are read or written.
  String entity();

  /// One row.
  record Fetch(String entity, Value id, Selection selection) implements Operation {}

  /// Many rows.
  record Find(Query query, Query.Page page, Arguments arguments) implements Operation {
    @Override
    public String entity() {
      return query.entity();
    }
  }

  /// Totals.
  record Summarize(Summary summary, Query.Page page, Arguments arguments) implements Operation {
    @Override
    public String entity() {
      return summary.entity();
    }
  }

  /// New rows, all or none.
  ///
  /// @param answer what is shown of them afterwards
  record Create(String entity, List<Input> rows, Selection answer) implements Operation {
    public Create {
      rows = List.copyOf(rows);
    }
  }

  /// Some fields of a row change; the rest stay.
  ///
  /// @param ifVersion the version that the row must still have, or null for any
  record Change(String entity, Value id, Input input, @Nullable Long ifVersion, Selection answer)
      implements Operation {}

  /// All fields of a row are given; what is left out becomes its default or null. Creates the row
  /// where there is none.
  record Replace(String entity, Value id, Input input, @Nullable Long ifVersion, Selection answer)
      implements Operation {}

  /// A row goes, and what its deletion takes along.
  record Delete(String entity, Value id, @Nullable Long ifVersion) implements Operation {}

  /// Rows that are there already, by a key, change; the others are created. All or none.
  ///
  /// @param key the fields of a declared unique, or the id alone
  /// @param onConflict what becomes of a row that is there
  record Upsert(
      String entity, List<String> key, List<Input> rows, OnConflict onConflict, Selection answer)
      implements Operation {
    public Upsert {
      key = List.copyOf(key);
      rows = List.copyOf(rows);
    }
  }

  /// What becomes of a row that is there already.
  enum OnConflict {
    /// All fields are given; what is left out becomes its default or null.
    REPLACE,
    /// The fields that are given change; the rest stay.
    MERGE,
    /// It stays as it is.
    IGNORE
  }

  /// The same change to every row that a filter finds, all or none.
  ///
  /// @param filter on variable `row`, among what the caller may read
  /// @param max refused where more rows are found
  record ChangeMany(String entity, Expression filter, Arguments arguments, Input input, int max)
      implements Operation {}

  /// Every row that a filter finds goes, all or none.
  ///
  /// @param max refused where more rows are found
  record DeleteMany(String entity, Expression filter, Arguments arguments, int max)
      implements Operation {}

  /// What was deleted and can be brought back, the newest first.
  ///
  /// @param before the number of the last unit seen, or null for the first page
  record ListTrash(String entity, int limit, @Nullable Long before) implements Operation {}

  /// A deleted row comes back, with what went with it.
  ///
  /// @param answer what is shown of it
  record Undelete(String entity, Value id, Selection answer) implements Operation {}

  /// A deleted row goes for good, with what went with it.
  record Discard(String entity, Value id) implements Operation {}

  /// A read of rows as they were.
  ///
  /// @param read a [Fetch], [Find] or [Summarize]
  record AsOf(Operation read, Instant moment) implements Operation {
    @Override
    public String entity() {
      return read.entity();
    }
  }

  /// The versions of a row, the last one first.
  ///
  /// @param before only versions with a lower number
  record Recount(String entity, Value id, long before, int limit) implements Operation {
    public Recount {
      if (limit < 1) {
        throw new IllegalArgumentException("limit must be 1 or more, was " + limit);
      }
    }
  }

  /// A row becomes again what it was, or comes back: an ordinary change or creation.
  ///
  /// @param version the number of the version
  record Restore(String entity, Value id, long version, @Nullable Long ifVersion, Selection answer)
      implements Operation {}

  /// How a read would be done, for administrators.
  ///
  /// @param read a [Find], or one [AsOf] a moment
  record Explain(Operation read) implements Operation {
    @Override
    public String entity() {
      return read.entity();
    }
  }

  /// Why somebody may do something or not, for administrators. Nothing of it stays.
  ///
  /// @param asked what they would ask for; not an explanation
  /// @param by who would ask
  record ExplainAccess(Operation asked, Caller by) implements Operation {
    public ExplainAccess {
      if (asked instanceof Explain || asked instanceof ExplainAccess) {
        throw new IllegalArgumentException("an explanation can't be explained");
      }
    }

    @Override
    public String entity() {
      return asked.entity();
    }
  }
}
