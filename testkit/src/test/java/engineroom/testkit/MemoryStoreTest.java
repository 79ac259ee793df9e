package engineroom.testkit;

import engineroom.model.Model;
import engineroom.store.MemoryStore;
import engineroom.store.Store;

class MemoryStoreTest extends StoreContract {
  @Override
  protected Store open(Model model) {
    return new MemoryStore(model);
  }
}
