package engineroom.stores.sql;

import engineroom.model.History;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// What stands for the rows of an expression's variables in the statement being written.
///
/// @param variables by the variable's name: the alias and the entity of its row
/// @param counter shared by all names of one statement, so that no alias comes twice
/// @param moment as of which versions are read, as the position of an argument
record Names(Map<String, Table> variables, AtomicInteger counter, @Nullable Integer moment) {
  /// A table in the statement.
  record Table(String alias, String entity, @Nullable Integer moment) {
    /// One of its columns. To a read, versions have the id of the row that they are of.
    String column(String name) {
      var ofRow = History.isVersions(entity) && History.isRow(name);
      return alias + "." + Sql.name(ofRow ? History.ROW : name);
    }
  }

  Names {
    variables = Map.copyOf(variables);
  }

  static Names none() {
    return at(null);
  }

  /// No names, in a statement that reads versions as of a moment.
  static Names at(@Nullable Integer moment) {
    return new Names(Map.of(), new AtomicInteger(), moment);
  }

  /// A table under an alias of its own.
  Table fresh(String entity) {
    return new Table("t" + counter.getAndIncrement(), entity, moment);
  }

  /// The same names and one more, which may hide another.
  Names with(String variable, Table table) {
    var more = new HashMap<>(variables);
    more.put(variable, table);
    return new Names(more, counter, moment);
  }

  Table table(String variable) {
    var table = variables.get(variable);
    if (table == null) {
      throw new IllegalArgumentException("variable " + variable + " has no row in this statement");
    }
    return table;
  }
}
