package engineroom.stores.sql;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/// What stands for the rows of an expression's variables in the statement being written.
///
/// @param variables by the variable's name: the alias and the entity of its row
/// @param counter shared by all names of one statement, so that no alias comes twice
record Names(Map<String, Table> variables, AtomicInteger counter) {
  /// A table in the statement.
  record Table(String alias, String entity) {
    /// One of its columns.
    String column(String name) {
      return alias + "." + Sql.name(name);
    }
  }

  Names {
    variables = Map.copyOf(variables);
  }

  static Names none() {
    return new Names(Map.of(), new AtomicInteger());
  }

  /// A table under an alias of its own.
  Table fresh(String entity) {
    return new Table("t" + counter.getAndIncrement(), entity);
  }

  /// The same names and one more, which may hide another.
  Names with(String variable, Table table) {
    var more = new HashMap<>(variables);
    more.put(variable, table);
    return new Names(more, counter);
  }

  Table table(String variable) {
    var table = variables.get(variable);
    if (table == null) {
      throw new IllegalArgumentException("variable " + variable + " has no row in this statement");
    }
    return table;
  }
}
