package engineroom.run;

import engineroom.data.Ordered;
import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.model.Entity;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A row as it is to be written, complete and held against its fields.
sealed interface Draft {
  Entity entity();

  /// Where it stands in what was sent.
  String path();

  List<InList> lists();

  /// A row to be created.
  ///
  /// @param values of all fields; null for what is known only within the transaction
  /// @param given the fields that the caller gave; they never change
  record New(
      Entity entity, String path, Map<String, Value> values, Set<String> given, List<InList> lists)
      implements Draft {
    public New {
      values = Ordered.copyOf(values);
      given = Collections.unmodifiableSet(given);
      lists = List.copyOf(lists);
    }

    /// The same with one more value.
    New with(String field, Value value) {
      return new New(entity, path, Ordered.with(values, field, value), given, lists);
    }
  }

  /// A row to be changed.
  record Changed(
      Entity entity, String path, Row current, Map<String, Value> values, List<InList> lists)
      implements Draft {
    public Changed {
      values = Ordered.copyOf(values);
      lists = List.copyOf(lists);
    }

    /// The same with one more value.
    Changed with(String field, Value value) {
      return new Changed(entity, path, current, Ordered.with(values, field, value), lists);
    }
  }

  /// What becomes of the rows in a list of a row.
  ///
  /// @param field by which they refer to it
  /// @param link rows that shall refer to it
  record InList(
      Entity entity,
      String field,
      List<Row> delete,
      List<Changed> unlink,
      List<Changed> link,
      List<Changed> change,
      List<New> create) {}
}
