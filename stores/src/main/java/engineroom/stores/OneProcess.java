package engineroom.stores;

import engineroom.model.Model;
import engineroom.store.Store;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A database that one process has open, which therefore does everything itself and tells nobody.
public interface OneProcess extends Database {
  @Override
  default List<String> obstacles(Model model) {
    return planned(model);
  }

  @Override
  default Store storeAsItIs(Model model) {
    return store(model);
  }

  /// Never: nobody else could have migrated it.
  @Override
  default boolean passed(Model model) {
    return false;
  }

  @Override
  default boolean shared() {
    return false;
  }

  @Override
  default Optional<SharedUse> use() {
    return Optional.empty();
  }

  @Override
  default Optional<SharedNotes> notes() {
    return Optional.empty();
  }

  @Override
  default Map<String, String> common(Map<String, String> own) {
    return own;
  }

  @Override
  default Duty duty(String name) {
    return Duty.ALWAYS;
  }
}
