package engineroom.account;

import engineroom.modelfile.ModelReader.Reading;
import engineroom.store.MemoryStore;
import engineroom.store.Store;

/// Races for what is good once, in memory.
final class AccountRacesInMemoryTest extends AccountRaces {
  AccountRacesInMemoryTest() {
    super(5);
  }

  @Override
  Store store(Reading.Good good) {
    return new MemoryStore(good.model());
  }
}
