package engineroom.run;

import engineroom.model.Dependency;
import engineroom.model.Entity;
import engineroom.model.Field;
import engineroom.model.Stored;
import engineroom.outcome.Change;
import engineroom.store.Store.Statement;
import java.util.List;

/// A stored computed field as writes keep it true.
///
/// @param statement gives the value, worked out anew, as the first sort key of the one row whose id
///   is the first argument
record StoredField(Stored stored, Statement statement) {
  Entity entity() {
    return stored.entity();
  }

  Field field() {
    return stored.field();
  }

  String name() {
    return stored.field().name();
  }

  /// What a change of a row may have changed for this field.
  List<Dependency> touchedBy(Change change) {
    return stored.dependencies().stream()
        .filter(dependency -> touches(dependency, change))
        .toList();
  }

  /// A new row has its value already, and nobody refers to a row that is new or gone: only lists
  /// notice that.
  private static boolean touches(Dependency dependency, Change change) {
    return dependency.entity().equals(change.entity())
        && switch (change.kind()) {
          case CHANGED -> change.after().containsKey(dependency.field());
          case CREATED, DELETED ->
              !dependency.path().isEmpty()
                  && dependency.path().getLast() instanceof Dependency.Step.Members;
        };
  }
}
