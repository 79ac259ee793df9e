package engineroom.expression;

import engineroom.data.Row;
import engineroom.data.Value;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds the rows that an expression reaches through references and lists.
public interface Lookup {
  /// Finds nothing: for expressions that mention no row.
  Lookup NOWHERE =
      new Lookup() {
        @Override
        public Optional<Row> find(String entity, Value id) {
          return Optional.empty();
        }

        @Override
        public Iterable<Row> list(String entity, String list, Value id) {
          return List.of();
        }
      };

  /// The row of an entity with this id.
  Optional<Row> find(String entity, Value id);

  /// The rows of an inverse list.
  ///
  /// @param entity that has the list
  /// @param id of the row that has the list
  Iterable<Row> list(String entity, String list, Value id);

  /// What a field's value is worked out from, on variable `row`, where rows do not hold it; null
  /// for fields that are kept.
  default @Nullable Expression computed(String entity, String field) {
    return null;
  }
}
