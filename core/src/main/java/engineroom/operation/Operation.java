package engineroom.operation;

import engineroom.data.Value;
import engineroom.expression.Arguments;
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

  /// How a read would be done, for administrators.
  record Explain(Find find) implements Operation {
    @Override
    public String entity() {
      return find.entity();
    }
  }
}
