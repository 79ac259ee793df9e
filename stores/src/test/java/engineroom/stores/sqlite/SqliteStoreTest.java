package engineroom.stores.sqlite;

import engineroom.model.Model;
import engineroom.store.Store;
import engineroom.testkit.StoreContract;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class SqliteStoreTest extends StoreContract {
  @TempDir Path folder;
  private final List<SqliteDatabase> databases = new ArrayList<>();

  @Override
  protected Store open(Model model) {
    var database = SqliteDatabase.open(folder.resolve("rows" + databases.size() + ".db"));
    databases.add(database);
    return database.store(model);
  }

  @AfterEach
  void closed() {
    databases.forEach(SqliteDatabase::close);
  }
}
