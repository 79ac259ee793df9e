package engineroom.stores.sqlite;

import static engineroom.problem.ProblemException.problem;

import engineroom.model.Entity;
import engineroom.model.Model;
import engineroom.problem.StoreProblem.MigrationNeeded;
import engineroom.problem.Violation;
import engineroom.stores.sql.TableNames;
import engineroom.stores.sql.TableSql;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What it takes to make the database fit a model: steps that only add or widen, which are taken,
/// and those that could lose something, which are refused.
record Migration(
    List<Step> steps, List<Violation> refused, Map<String, Map<String, String>> parts) {
  /// One step: what it does, in words and in SQL.
  record Step(String words, List<String> sql) {}

  static boolean create(SqliteConnection connection) {
    Recorded.create(connection);
    return true;
  }

  /// Compares a model with what the database recorded.
  static Migration of(SqliteConnection connection, Model model) {
    var recorded = Recorded.read(connection);
    var tables = new TableNames(model);
    var steps = new ArrayList<Step>();
    var refused = new ArrayList<Violation>();
    var parts = new java.util.LinkedHashMap<String, Map<String, String>>();
    for (var entity : model.entities().values()) {
      var difference =
          new EntityDifference(
              model, entity, new TableSql(tables, entity), recorded.parts(entity.name()));
      parts.put(entity.name(), difference.parts());
      if (!recorded.parts(entity.name()).equals(difference.parts())) {
        steps.addAll(difference.steps());
        refused.addAll(difference.refused());
      }
    }
    recorded.entities().keySet().stream()
        .filter(name -> !model.entities().containsKey(name))
        .forEach(name -> refused.add(gone(model, name)));
    return new Migration(steps, refused, parts);
  }

  private static Violation gone(Model model, String name) {
    var renamed =
        model.entities().values().stream().filter(e -> name.equals(e.notes().was())).findFirst();
    return renamed
        .map(Entity::name)
        .map(
            now ->
                new Violation(
                    name,
                    "rename",
                    "was renamed to " + now + "; its table would have to be renamed"))
        .orElseGet(
            () ->
                new Violation(
                    name, "drop", "is not in the model any more; its rows would be lost"));
  }

  /// The steps in words, refused ones included.
  List<String> words() {
    var words = new ArrayList<String>();
    steps.forEach(step -> words.add(step.words()));
    refused.forEach(v -> words.add(v.path() + " " + v.message()));
    return words;
  }

  /// Takes the steps in one transaction, or refuses.
  void apply(SqliteConnection connection) {
    if (!refused.isEmpty()) {
      throw problem(
          new MigrationNeeded(
              "The model and the database differ by more than this version can do: it only adds and widens."
                  + " The rest comes with `engineroom migrate`.",
              refused));
    }
    if (steps.isEmpty()) {
      return;
    }
    connection.forget();
    connection.execute("PRAGMA foreign_keys = OFF");
    try {
      connection.execute("BEGIN IMMEDIATE");
      steps.forEach(step -> take(connection, step));
      parts.forEach((entity, now) -> Recorded.write(connection, entity, now));
      connection.execute("COMMIT");
    } catch (RuntimeException e) {
      connection.execute("ROLLBACK");
      throw e;
    } finally {
      connection.execute("PRAGMA foreign_keys = ON");
      connection.forget();
    }
  }

  private static void take(SqliteConnection connection, Step step) {
    try {
      step.sql().forEach(connection::execute);
    } catch (SqliteFailure e) {
      if (!SqliteProblems.unique(e)) {
        throw e;
      }
      throw problem(
          new MigrationNeeded(
              "The rows that are there don't fit the model.",
              List.of(new Violation(step.words(), "unique", "has rows with the same values"))));
    }
  }
}
