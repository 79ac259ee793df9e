package engineroom.stores.adopt;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The tables and views of somebody else's database, as the database tells them.
public record Catalogue(List<Table> tables) {
  public Catalogue {
    tables = List.copyOf(tables);
  }

  /// Whether rows can be written.
  public enum Kind {
    TABLE,
    VIEW
  }

  /// A table or a view.
  ///
  /// @param name with its schema in front where it has one
  /// @param primaryKey its columns in order; empty where there is none
  /// @param checks conditions that the database holds rows to, in its own words
  public record Table(
      String name,
      Kind kind,
      List<Column> columns,
      List<String> primaryKey,
      List<ForeignKey> foreignKeys,
      Indexes indexes,
      List<String> checks,
      @Nullable String comment) {
    public Table {
      columns = List.copyOf(columns);
      primaryKey = List.copyOf(primaryKey);
      foreignKeys = List.copyOf(foreignKeys);
      checks = List.copyOf(checks);
    }

    /// The name without its schema.
    public String shortName() {
      return name.substring(name.lastIndexOf('.') + 1);
    }

    /// The column of this name, or nothing.
    public Optional<Column> findColumn(String name) {
      return columns.stream().filter(column -> column.name().equals(name)).findFirst();
    }
  }

  /// Lists of columns that rows are found by.
  public record Indexes(List<List<String>> uniques, List<List<String>> others) {
    public Indexes {
      uniques = uniques.stream().map(List::copyOf).toList();
      others = others.stream().map(List::copyOf).toList();
    }
  }

  /// A column.
  ///
  /// @param type in the database's words: `numeric(10,2)`
  /// @param values of an enum of the database's; empty where it is none
  public record Column(
      String name,
      String type,
      Required required,
      Filled filled,
      @Nullable String initial,
      List<String> values,
      @Nullable String comment) {
    public Column {
      values = List.copyOf(values);
    }
  }

  /// Whether a column may be null.
  public enum Required {
    YES,
    NO
  }

  /// Where a value comes from that nobody gives.
  public enum Filled {
    /// From nowhere: it is null.
    NOT,
    /// From the column's default.
    BY_DEFAULT,
    /// It counts up.
    BY_COUNTING,
    /// It is worked out, and can't be written.
    BY_EXPRESSION
  }

  /// Columns that refer to those of another table.
  ///
  /// @param table with its schema in front where it has one
  /// @param onDelete `cascade`, `clear` or `restrict`
  public record ForeignKey(
      List<String> columns, String table, List<String> target, String onDelete) {
    public ForeignKey {
      columns = List.copyOf(columns);
      target = List.copyOf(target);
    }
  }

  /// The table of this name, or nothing.
  public Optional<Table> findTable(String name) {
    return tables.stream().filter(table -> table.name().equals(name)).findFirst();
  }
}
