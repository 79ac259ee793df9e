package engineroom.stores.sqlite;

import static engineroom.problem.ProblemException.problem;

import engineroom.model.Model;
import engineroom.problem.StoreProblem.Unavailable;
import engineroom.stores.adopt.AdoptedFit;
import engineroom.stores.adopt.AdoptedFit.Fitted;
import engineroom.stores.adopt.Ownership;
import engineroom.stores.sql.Computations;
import engineroom.stores.sql.Sql;
import engineroom.stores.sqlite.SqliteConnection.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Somebody else's file beside the program's own. Its journal stays as it is. Where it has none
/// that is written ahead, the program's own file has none either: then SQLite makes each commit to
/// both of them, or to neither.
record Attached(Path file) {
  /// What its tables stand under.
  static final String SCHEMA = "adopted";

  /// The byte of a file that tells whether its journal is written ahead, and what it says then.
  private static final int JOURNAL = 18;

  private static final int AHEAD = 2;

  private static final String NO_FILE =
      "The model has tables of somebody else's, and store names no file that has them. Write"
          + " store: sqlite:data/app.db?attach=../shop.db";

  Attached {
    if (!Files.isRegularFile(file)) {
      throw problem(
          new Unavailable(
              "There is no file " + file + " to attach.",
              "Say in store where it is: sqlite:data/app.db?attach=../shop.db"));
    }
  }

  /// Attaches it.
  String statement() {
    return "ATTACH DATABASE " + Sql.quoted(file.toString()) + " AS " + SCHEMA;
  }

  /// The journal that the program's own file needs.
  String journal() {
    return ahead() ? "WAL" : "DELETE";
  }

  private boolean ahead() {
    try (var bytes = Files.newInputStream(file)) {
      var head = bytes.readNBytes(JOURNAL + 1);
      return head.length > JOURNAL && head[JOURNAL] == AHEAD;
    } catch (IOException e) {
      throw problem(
          new Unavailable("The file " + file + " can't be read.", "Check its rights: " + e));
    }
  }

  /// Holds the tables of an attached file against a model.
  ///
  /// @param attached null where there is none
  static Fitted fit(@Nullable Attached attached, SqliteConnection connection, Model model) {
    if (!AdoptedFit.concerns(model)) {
      return Fitted.NONE;
    }
    return attached == null
        ? new Fitted(Map.of(), List.of(NO_FILE))
        : AdoptedFit.of(model, SqliteCatalogue.read(connection), new SqliteColumnWords());
  }

  /// What becomes of the tables of an attached file when a model comes to own them.
  ///
  /// @param attached null where there is none
  static Ownership ownership(
      @Nullable Attached attached, SqliteConnection connection, Model served) {
    var fitted = fit(attached, connection, served);
    return attached == null
        ? Ownership.refused(fitted.faults())
        : Ownership.of(served, SqliteCatalogue.read(connection), fitted);
  }

  /// Holds the tables of a file against a model that no app was started beside yet.
  static Fitted fit(@Nullable Path file, Model model) {
    if (file == null) {
      return AdoptedFit.concerns(model) ? new Fitted(Map.of(), List.of(NO_FILE)) : Fitted.NONE;
    }
    var attached = new Attached(file.toAbsolutePath());
    try (var connection =
        new SqliteConnection(attached.file(), attached, Role.READER, new Computations())) {
      return fit(attached, connection, model);
    }
  }
}
