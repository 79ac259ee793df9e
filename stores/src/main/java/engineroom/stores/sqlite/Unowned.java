package engineroom.stores.sqlite;

import static engineroom.problem.ProblemException.problem;

import engineroom.model.Model;
import engineroom.problem.StoreProblem.MigrationNeeded;
import engineroom.problem.Violation;
import engineroom.stores.migrate.MigrationSql;
import java.util.ArrayList;
import java.util.List;

/// What stands in the database and is not the model's: put back where a table was made anew, and
/// else as it was. Where that can't be, the migration is refused.
final class Unowned {
  private final SqliteConnection connection;
  private final List<Schema.Item> items;
  private final List<String> readable;

  private Unowned(SqliteConnection connection, List<Schema.Item> items) {
    this.connection = connection;
    this.items = items;
    this.readable = items.stream().filter(item -> readable(item)).map(Schema.Item::name).toList();
  }

  static Unowned of(SqliteConnection connection, Model recorded) {
    return new Unowned(connection, Schema.read(connection).unowned(recorded, connection.dialect()));
  }

  private boolean readable(Schema.Item item) {
    if (!item.type().equals("view")) {
      return false;
    }
    try {
      connection.execute(MigrationSql.nothingOf(item.name()));
      return true;
    } catch (SqliteFailure _) {
      return false; // it was of no use before either
    }
  }

  /// Does something to the tables; what fails because of these things is told so.
  void guard(Runnable work) {
    try {
      work.run();
    } catch (SqliteFailure e) {
      var named =
          items.stream().filter(item -> String.valueOf(e.getMessage()).contains(item.name()));
      var first = named.findFirst();
      if (first.isEmpty()) {
        throw e;
      }
      throw refused(List.of(violation(first.get(), "stands in the way: " + e.getMessage())));
    }
  }

  /// Makes anew what went with a table, and sees that all is as it was.
  void putBack() {
    var refused = new ArrayList<Violation>();
    for (var item : items) {
      var present = Schema.read(connection).items().get(item.name());
      if (present == null) {
        make(item, refused);
      } else if (!present.sql().equals(item.sql())) {
        refused.add(violation(item, "names what the model renames"));
      } else if (readable.contains(item.name()) && !readable(item)) {
        refused.add(violation(item, "needs what the model leaves out"));
      }
    }
    if (!refused.isEmpty()) {
      throw refused(refused);
    }
  }

  private void make(Schema.Item item, List<Violation> refused) {
    try {
      connection.execute(item.sql());
    } catch (SqliteFailure e) {
      refused.add(violation(item, "can't be put back: " + e.getMessage()));
    }
  }

  private static Violation violation(Schema.Item item, String message) {
    return new Violation(item.type() + " " + item.name(), "unowned", message);
  }

  private static RuntimeException refused(List<Violation> violations) {
    return problem(
        new MigrationNeeded(
            "The database has things that are not the model's and that the migration would break:"
                + " nothing was changed. Drop them, migrate, and make them anew.",
            violations));
  }
}
