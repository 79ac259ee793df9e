package engineroom.stores.copy;

import java.util.List;

/// What two databases have, compared on one state of each.
///
/// @param change the number of the last change of that state
/// @param served whether a program served the source meanwhile
public record Copied(List<Table> tables, long change, boolean served) {
  public Copied {
    tables = List.copyOf(tables);
  }

  /// Whether both have the same.
  public boolean same() {
    return tables.stream().allMatch(Table::same);
  }

  /// One table.
  ///
  /// @param told what it is called
  public record Table(String told, Sum from, Sum to) {
    public boolean same() {
      return from.equals(to);
    }
  }

  /// What a side has of a table.
  ///
  /// @param hash over the values of all rows, in hexadecimal
  public record Sum(long rows, String hash) {}
}
