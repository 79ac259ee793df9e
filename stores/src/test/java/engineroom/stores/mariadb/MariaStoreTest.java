package engineroom.stores.mariadb;

import engineroom.model.Model;
import engineroom.operation.FieldRules;
import engineroom.store.Store;
import engineroom.stores.MariaAddress;
import engineroom.testkit.StoreContract;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

class MariaStoreTest extends StoreContract {
  private final List<MariaDatabase> databases = new ArrayList<>();

  MariaAddress fresh() {
    return Servers.fresh();
  }

  @Override
  protected Store open(Model model) {
    var database = MariaDatabase.open(fresh(), new FieldRules((_, _) -> List.of()));
    databases.add(database);
    return database.store(model);
  }

  @AfterEach
  void closed() {
    databases.forEach(MariaDatabase::close);
  }
}
