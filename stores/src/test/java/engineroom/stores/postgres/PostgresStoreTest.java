package engineroom.stores.postgres;

import engineroom.model.Model;
import engineroom.operation.FieldRules;
import engineroom.store.Store;
import engineroom.testkit.StoreContract;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

class PostgresStoreTest extends StoreContract {
  private final List<PostgresDatabase> databases = new ArrayList<>();

  @Override
  protected Store open(Model model) {
    var database = PostgresDatabase.open(Servers.fresh(), new FieldRules((_, _) -> List.of()));
    databases.add(database);
    return database.store(model);
  }

  @AfterEach
  void closed() {
    databases.forEach(PostgresDatabase::close);
  }
}
