package engineroom.testkit;

import engineroom.model.Model;
import engineroom.store.MemoryStore;
import engineroom.store.Store;
import engineroom.store.WithoutPushdown;

class WithoutPushdownTest extends StoreContract {
  @Override
  protected Store open(Model model) {
    return new WithoutPushdown(new MemoryStore(model));
  }
}
