package engineroom.transfer;

import engineroom.stores.sqlite.SqliteDatabase;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

final class SqliteUndoTest extends UndoContract {
  @TempDir private Path folder;
  private SqliteDatabase database;

  @Override
  Depot open() {
    var good = Depot.model(folder);
    database = SqliteDatabase.open(folder.resolve("depot.db"));
    return new Depot(database.store(good.model()), good);
  }

  @AfterEach
  void close() {
    database.close();
  }
}
