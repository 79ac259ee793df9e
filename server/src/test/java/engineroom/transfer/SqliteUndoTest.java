package engineroom.transfer;

import engineroom.stores.sqlite.SqliteDatabase;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

final class SqliteUndoTest extends UndoContract {
  @TempDir private Path folder;
  private @Nullable SqliteDatabase database;

  @Override
  Depot open() {
    var good = Depot.model(folder);
    var opened = SqliteDatabase.open(folder.resolve("depot.db"));
    database = opened;
    return new Depot(opened.store(good.model()), good);
  }

  @AfterEach
  void close() {
    if (database != null) {
      database.close();
    }
  }
}
