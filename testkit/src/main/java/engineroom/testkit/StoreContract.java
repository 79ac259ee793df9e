package engineroom.testkit;

import engineroom.model.Model;
import engineroom.store.Store;

/// What every store keeps, as tests. A store's own test extends this and says how one is opened,
/// empty.
public abstract class StoreContract
    implements WriteContract,
        GatheringContract,
        CountingContract,
        TrashContract,
        RefusalContract,
        ValueContract,
        ReadContract,
        SummaryContract,
        HistoryContract,
        RandomContract,
        SerialContract {
  /// A new, empty store of this model; closed by the test.
  protected abstract Store open(Model model);

  @Override
  public final Opened opened() {
    return new Opened(open(ContractModel.MODEL));
  }
}
