package engineroom.stores.mariadb;

import engineroom.model.Model;
import engineroom.operation.FieldRules;
import engineroom.store.Store;
import engineroom.testkit.StoreContract;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

class MariaStoreTest extends StoreContract {
  private final List<MariaDatabase> databases = new ArrayList<>();

  @Override
  protected Store open(Model model) {
    var database = MariaDatabase.open(Servers.fresh(), new FieldRules((_, _) -> List.of()));
    databases.add(database);
    return database.store(model);
  }

  @AfterEach
  void closed() {
    databases.forEach(MariaDatabase::close);
  }
}
