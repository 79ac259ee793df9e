package engineroom.stores.copy;

import engineroom.model.Entity;
import engineroom.stores.migrate.Ground;
import engineroom.stores.migrate.SqlSession;
import engineroom.stores.sql.TableNames;
import engineroom.stores.sql.TableSql;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/// One of the two databases of a copy, through one connection. Implemented by each kind of
/// database.
public interface Side extends AutoCloseable {
  /// What is told of it: where it is, without a password.
  String name();

  Ground ground();

  default SqlSession session() {
    return ground().session();
  }

  /// Runs reads on one state.
  <T> T still(Supplier<T> work);

  /// Runs work in a transaction that is durable when this returns, and undone where the work
  /// throws.
  <T> T change(Supplier<T> work);

  /// A number up to which the change log is complete: no change below comes later. Asked outside of
  /// [#still].
  long settled();

  /// The last number that a table of the program's own gave, whether or not its row is there.
  long given(OwnTables.Counted table);

  /// Lets a table of the program's own go on behind a number.
  void goOn(OwnTables.Counted table, long number);

  /// Whether a program serves an app from it. Where none does, none can begin to while this is
  /// open, if the kind of database knows how to keep others out.
  boolean served();

  /// Texts of a table that hold U+0000, which no value may: somebody wrote them by hand.
  ///
  /// @param key the column that tells rows apart
  /// @return a few of them
  List<Spot> zeros(String table, String key);

  /// A value that stands in the way.
  ///
  /// @param id of the row
  record Spot(String table, String id, String column) {}

  /// Tells how to take away what holds rows to each other (uniques, references), for rows come one
  /// after the other and each as it is at its time.
  Loose loosen(Collection<String> tables);

  /// How something is taken away, and put back; both may be done twice, if the kind of database
  /// does not undo such statements.
  record Loose(List<String> away, List<String> back) {
    public Loose {
      away = List.copyOf(away);
      back = List.copyOf(back);
    }
  }

  /// Makes what finds the rows of an entity by their words, when all rows are there.
  default void search(TableNames names, Entity entity) {
    new TableSql(names, entity).search().forEach(session()::execute);
  }

  /// Does what is left when rows are there and all is put back: looks whether rows refer to rows
  /// that are there, has the planner count them.
  void settle();

  /// What a failure of this database means to people; the same where it says nothing to them.
  RuntimeException told(RuntimeException failure);

  @Override
  void close();
}
