package engineroom.run;

import engineroom.expression.Expression;
import engineroom.model.Dependency;
import engineroom.model.Entity;
import engineroom.model.Field;
import engineroom.outcome.Change;
import engineroom.store.Store.Statement;
import java.util.List;
import java.util.function.Supplier;

/// A field that is worked out from others and kept in its row, and what it depends on.
final class StoredField {
  private final Entity entity;
  private final Field field;
  private final List<Dependency> dependencies;
  private final Supplier<Statement> statement;

  /// @param statement gives the field's value, worked out anew, as the first sort key of the one
  ///   row whose id is the first argument
  StoredField(
      Entity entity, Field field, List<Dependency> dependencies, Supplier<Statement> statement) {
    this.entity = entity;
    this.field = field;
    this.dependencies = dependencies;
    this.statement = statement;
  }

  Entity entity() {
    return entity;
  }

  Field field() {
    return field;
  }

  String name() {
    return field.name();
  }

  Expression value() {
    var computed = field.filling().computed();
    if (computed == null) {
      throw new IllegalStateException(entity.name() + "." + name() + " is not computed");
    }
    return computed.value();
  }

  Statement statement() {
    return statement.get();
  }

  /// What a change of a row may have changed for this field.
  List<Dependency> touchedBy(Change change) {
    return dependencies.stream().filter(dependency -> touches(dependency, change)).toList();
  }

  boolean dependsOn(StoredField other) {
    return dependencies.stream()
        .anyMatch(d -> d.entity().equals(other.entity.name()) && d.field().equals(other.name()));
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
