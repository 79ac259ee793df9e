package engineroom.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import engineroom.authorize.Shape;
import engineroom.expression.Arguments;
import engineroom.expression.Expression;
import engineroom.operation.FieldRules;
import engineroom.plan.Counted;
import engineroom.plan.Plan;
import engineroom.problem.ProblemException;
import engineroom.store.Store;
import engineroom.store.Store.Binding;
import engineroom.stores.PostgresAddress;
import engineroom.stores.postgres.PostgresDatabase;
import engineroom.testkit.ContractModel;
import engineroom.testkit.run.Alone;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A network that swallows what PostgreSQL says holds nobody for ever.
@Alone
class SilentNetworkTest {
  private static final Duration LIMIT = Duration.ofSeconds(1);
  private static final Duration SOME_SECONDS = Duration.ofSeconds(9);
  private static final Plan PEOPLE =
      new Plan.Rows(
          "person", new Shape(List.of()), Expression.TRUE, Counted.Nothing.NOTHING, List.of());

  private static PostgresAddress by(PostgresAddress address, CutLine line) {
    return new PostgresAddress(
        address.host(), line.port(), address.database(), address.login(), address.options());
  }

  private static List<byte[]> people(Store store) {
    var binding = new Binding(new Arguments(List.of()), 10, 0, LIMIT);
    return store.read(store.compile(PEOPLE), binding).rows();
  }

  @Test
  void a_read_ends_soon_after_its_time_and_the_next_one_is_answered() throws Exception {
    var address = PostgresServer.fresh();
    try (var line = new CutLine(address.port());
        var database =
            PostgresDatabase.open(by(address, line), new FieldRules((_, _) -> List.of()))) {
      var store = database.store(ContractModel.MODEL);
      assertThat(people(store)).isEmpty();
      line.fallSilent();
      var begun = System.nanoTime();
      assertThatThrownBy(() -> people(store)).isInstanceOf(ProblemException.class);
      assertThat(System.nanoTime() - begun).isLessThan(SOME_SECONDS.toNanos());
      line.speak();
      assertThat(people(store)).isEmpty();
    }
  }
}
