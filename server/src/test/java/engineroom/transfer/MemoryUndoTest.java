package engineroom.transfer;

import engineroom.store.MemoryStore;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class MemoryUndoTest extends UndoContract {
  @TempDir private Path folder;

  @Override
  Depot open() {
    var good = Depot.model(folder);
    return new Depot(new MemoryStore(good.model()), good);
  }
}
