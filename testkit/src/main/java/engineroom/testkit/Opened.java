package engineroom.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.expression.Arguments;
import engineroom.plan.Plan;
import engineroom.problem.Problem;
import engineroom.problem.ProblemException;
import engineroom.store.Store;
import engineroom.store.Transaction;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// A store under test, with short words for what tests do.
record Opened(Store store) implements AutoCloseable {
  private static final Duration TIME = Duration.ofSeconds(60);

  /// Keeps rows, one write for all.
  void keep(String entity, Row... rows) {
    use(
        transaction -> {
          for (var row : rows) {
            transaction.insert(entity, row);
          }
        });
  }

  void update(String entity, Row row, String... fields) {
    use(transaction -> transaction.update(entity, row, Set.of(fields)));
  }

  void delete(String entity, Row row) {
    use(transaction -> transaction.delete(entity, row.id()));
  }

  void use(Consumer<Transaction> work) {
    store.write(
        transaction -> {
          work.accept(transaction);
          return Value.NULL;
        });
  }

  /// The row as the store has it.
  Row found(String entity, Row row) {
    return store.write(transaction -> transaction.find(entity, row.id())).orElseThrow();
  }

  boolean has(String entity, Row row) {
    return store.write(transaction -> transaction.find(entity, row.id())).isPresent();
  }

  /// What the store refuses the work with.
  Problem refusal(Consumer<Transaction> work) {
    var thrown = catchThrowableOfType(ProblemException.class, () -> use(work));
    assertThat(thrown).as("the store must refuse this").isNotNull();
    return thrown.problem();
  }

  Store.Result read(Plan plan, Value... arguments) {
    return store.read(store.compile(plan), binding(1_000, 0, arguments));
  }

  Store.Result page(Plan plan, int limit, long offset, Value... arguments) {
    return store.read(store.compile(plan), binding(limit, offset, arguments));
  }

  /// The rows that a plan gives, as texts.
  List<String> json(Plan plan, Value... arguments) {
    return texts(read(plan, arguments));
  }

  static List<String> texts(Store.Result result) {
    return result.rows().stream().map(row -> new String(row, StandardCharsets.UTF_8)).toList();
  }

  static Store.Binding binding(int limit, long offset, Value... arguments) {
    return new Store.Binding(new Arguments(List.of(arguments)), limit, offset, TIME);
  }

  @Override
  public void close() {
    store.close();
  }
}
