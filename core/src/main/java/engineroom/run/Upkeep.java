package engineroom.run;

import engineroom.store.Store;

/// What the model asks of every write, beside what the write is about: found once for a model.
///
/// @param fields worked out and kept
/// @param numbers given to rows
/// @param lastVersions of rows that may be gone
/// @param watch hears of every change
record Upkeep(StoredFields fields, Numbers numbers, LastVersions lastVersions, ChangeWatch watch) {
  static Upkeep of(Store store, ChangeWatch watch) {
    return new Upkeep(
        new StoredFields(store), new Numbers(store.model()), new LastVersions(store), watch);
  }
}
