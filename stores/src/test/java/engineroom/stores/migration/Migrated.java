package engineroom.stores.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import engineroom.data.JsonText;
import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.migrate.MigrationPlan;
import engineroom.migrate.MigrationPlan.Loss;
import engineroom.model.Model;
import engineroom.problem.ProblemException;
import engineroom.problem.StoreProblem.MigrationNeeded;
import engineroom.store.Store;
import engineroom.stores.Database;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A database that tests migrate and look into.
public abstract class Migrated implements AutoCloseable {
  public abstract Database database();

  /// The store of a model, whether the database fits it or not.
  public abstract Store raw(Model model);

  /// The first column of what a statement gives.
  public abstract List<String> sql(String sql);

  public abstract void execute(String sql);

  /// What stands in the database, table by table.
  public abstract List<String> dump();

  /// The model's part of the schema, in an order that depends on nothing but names.
  public abstract List<String> schema();

  /// What is called after a table.
  public abstract List<String> named(String table);

  /// The columns of a table.
  public abstract List<String> columns(String table);

  /// What the store itself numbers rows by, in the order of ids; their places where it numbers
  /// none.
  public abstract List<String> keys(String table);

  /// The keys of the rows that have a word.
  public abstract List<String> found(String table, String word);

  /// The values of a field in a backup, in the order of ids.
  public abstract List<Value> backedUp(String backup, Model model, String entity, String field);

  /// The database is whole, and finds each word of a searched field.
  protected abstract void whole(Model model);

  public Migrated with(Model model, String entity, Row... rows) {
    return with(model, entity, Arrays.asList(rows));
  }

  public Migrated with(Model model, String entity, List<Row> rows) {
    database()
        .store(model)
        .write(
            transaction -> {
              rows.forEach(row -> transaction.insert(entity, row));
              return model;
            });
    return this;
  }

  public MigrationPlan plan(Model model) {
    return database().plan(model);
  }

  /// The steps, each with its mark and its rows.
  public List<String> steps(Model model) {
    return database().plan(model).steps().stream()
        .map(p -> p.step().words() + " | " + p.mark() + " " + p.rows())
        .toList();
  }

  public void to(Model model) {
    database().migrate(model, Loss.REFUSED);
    consistent(model);
  }

  public Database.Migrated losing(Model model) {
    var migrated = database().migrate(model, Loss.ALLOWED);
    consistent(model);
    return migrated;
  }

  /// What is refused, each line the place and the message; nothing may have changed by it.
  public List<String> refused(Model model, Loss loss) {
    var before = dump();
    var thrown =
        catchThrowableOfType(ProblemException.class, () -> database().migrate(model, loss));
    assertThat(thrown).as("must be refused").isNotNull();
    assertThat(thrown.problem()).isInstanceOf(MigrationNeeded.class);
    assertThat(dump()).isEqualTo(before);
    return thrown.problem().errors().stream().map(v -> v.path() + " " + v.message()).toList();
  }

  /// The rows of an entity by id.
  public Map<String, Row> rows(Model model, String entity) {
    return raw(model)
        .scan(
            tables -> {
              var rows = new TreeMap<String, Row>();
              tables.rows(entity).forEach(row -> rows.put(JsonText.of(row.id()), row));
              return rows;
            });
  }

  /// The values of one field, in the order of ids.
  public List<Value> values(Model model, String entity, String field) {
    return rows(model, entity).values().stream().map(row -> row.value(field)).toList();
  }

  /// The database fits the model and is whole.
  public void consistent(Model model) {
    assertThat(database().planned(model)).isEmpty();
    assertThat(database().drift(model)).isEmpty();
    whole(model);
  }

  @Override
  public void close() {
    database().close();
  }
}
