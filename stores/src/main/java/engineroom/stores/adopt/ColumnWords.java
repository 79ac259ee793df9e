package engineroom.stores.adopt;

import engineroom.model.FieldType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a database's own columns are read and written as those of entities.
public interface ColumnWords {
  /// A table's name as statements have it.
  String table(String name);

  /// How a column holds a field; null where it can't.
  ///
  /// @param type what the field holds; of a reference what the id referred to holds
  /// @param name the column's, quoted
  @Nullable Held held(FieldType type, Catalogue.Column column, String name);

  /// A number that is another one for other values.
  ///
  /// @param columns quoted
  String version(List<String> columns);

  /// A text that is made of texts, as [engineroom.data.IdParts] says.
  ///
  /// @param parts what is read of the columns
  String composed(List<String> parts);

  /// A statement that gives the next number of a column that counts; null where it doesn't count.
  ///
  /// @param table as statements have it
  @Nullable String next(String table, Catalogue.Table described, Catalogue.Column column);

  /// What is read of a column, and written with a question mark for the value.
  record Held(String read, String write) {}
}
