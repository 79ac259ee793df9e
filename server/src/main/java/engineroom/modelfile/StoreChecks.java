package engineroom.modelfile;

import engineroom.model.Entity;
import engineroom.modelfile.EntityReader.EntityDraft;
import engineroom.stores.StoreAddress;
import engineroom.stores.StoreLimits;
import engineroom.stores.StoreLimits.Unkept;
import java.util.Map;

/// Tells what the app's store can't keep of its model.
final class StoreChecks {
  private final Map<String, EntityDraft> drafts;
  private final Mistakes mistakes;

  StoreChecks(Map<String, EntityDraft> drafts, Mistakes mistakes) {
    this.drafts = drafts;
    this.mistakes = mistakes;
  }

  /// @param store an address without mistakes
  void check(String store, Map<String, Entity> entities) {
    var limits = StoreLimits.of(StoreAddress.parse(store));
    for (var entity : entities.values()) {
      limits.unkept(entity).forEach(unkept -> tell(entity.name(), unkept));
    }
  }

  private void tell(String entity, Unkept unkept) {
    var draft = drafts.get(entity);
    if (draft != null) {
      var field = draft.fields().get(unkept.field() == null ? "" : unkept.field());
      var place = field == null ? draft.place() : field.place();
      mistakes.add(place, unkept.message(), unkept.wayOut());
    }
  }
}
