package engineroom.account;

import engineroom.modelfile.ModelReader.Reading;
import engineroom.store.Store;
import engineroom.stores.sqlite.SqliteDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/// Races for what is good once, on the store on disk.
final class AccountRacesOnDiskTest extends AccountRaces {
  private @Nullable SqliteDatabase database;

  AccountRacesOnDiskTest() {
    super(10);
  }

  @Override
  Store store(Reading.Good good) {
    database = SqliteDatabase.open(folder.resolve("race.db"));
    return database.store(good.model());
  }

  @AfterEach
  void close() {
    if (database != null) {
      database.close();
    }
  }
}
