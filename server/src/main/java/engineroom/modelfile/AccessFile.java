package engineroom.modelfile;

import engineroom.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// One file of access tests: some users, some rows, and who may do what with them.
///
/// @param users by name
/// @param rows in the order of the file
public record AccessFile(Map<String, User> users, List<Fixture> rows, List<Test> tests) {
  public AccessFile {
    users = new LinkedHashMap<>(users);
    rows = List.copyOf(rows);
    tests = List.copyOf(tests);
  }

  /// Where something stands.
  public record Spot(String file, int line, int column) {
    @Override
    public String toString() {
      return file + ":" + line + ":" + column;
    }
  }

  /// Somebody signed in.
  ///
  /// @param id of their row
  public record User(String name, String id, Set<String> roles) {}

  /// A row to test with.
  ///
  /// @param name in the file
  /// @param places of the row (under the empty name) and its fields
  public record Fixture(
      String entity, String name, Json id, Json.Obj values, Map<String, Spot> places) {
    public Fixture {
      places = Map.copyOf(places);
    }
  }

  /// One test.
  ///
  /// @param as `guest`, `role:<name>`, or the name of a user
  public record Test(String name, String as, Spot spot, List<Expected> expected) {
    public Test {
      expected = List.copyOf(expected);
    }
  }

  /// What is expected.
  public sealed interface Expected {
    /// As the file says it.
    String text();

    /// Of an entity's rows these are visible, and no others.
    record Sees(String text, String entity, Set<String> rows) implements Expected {}

    /// Some fields have their values in all visible rows, or in none.
    record Fields(String text, String entity, List<String> names, Shown shown)
        implements Expected {}

    /// A row may be read, created, changed or deleted, or not.
    ///
    /// @param verb `read`, `create`, `update` or `delete`
    /// @param id of the row; JSON null of a new one
    record Does(String text, Wish wish, String verb, String entity, Json id, Json.Obj values)
        implements Expected {}
  }

  /// Whether values are shown.
  public enum Shown {
    YES,
    NO
  }

  /// Whether something should be possible.
  public enum Wish {
    MAY,
    MAY_NOT
  }
}
