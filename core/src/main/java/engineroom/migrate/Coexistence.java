package engineroom.migrate;

import engineroom.model.FieldType.Reference;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Whether a program may go on with its model after a database was migrated to a newer one.
///
/// It may where nothing that it does could come out otherwise: what is new are whole entities that
/// refer to none that it knows, or indexes, which make no difference but time. A new field is not
/// among that: the program would leave it out of what it keeps of rows that are gone.
public final class Coexistence {
  private Coexistence() {}

  /// The steps back to the model that tell why it may not; none where it may.
  ///
  /// @param back from what the database holds to the program's model
  public static List<Step> obstacles(ModelChange back) {
    var apart =
        back.dropped().stream()
            .map(Layout.EntityLayout::name)
            .collect(Collectors.toUnmodifiableSet());
    return back.steps().stream().filter(step -> !harmless(step, back, apart)).toList();
  }

  private static boolean harmless(Step step, ModelChange back, Set<String> apart) {
    return switch (step) {
      case Step.AddIndex _, Step.DropIndex _ -> true;
      case Step.DropEntity(var entity) -> refersTo(back, entity, apart);
      case Step.ForgetHistory(var entity) -> apart.contains(entity);
      case Step.CreateEntity _,
          Step.KeepHistory _,
          Step.RenameEntity _,
          Step.AddField _,
          Step.DropField _,
          Step.DropComputed _,
          Step.Compute _,
          Step.RenameField _,
          Step.Widen _,
          Step.Narrow _,
          Step.Convert _,
          Step.MapValues _,
          Step.Number _,
          Step.AddUnique _,
          Step.DropUnique _,
          Step.AddCheck _,
          Step.DropCheck _,
          Step.Search _,
          Step.Note _ ->
          false;
    };
  }

  /// Whether an entity refers only to some.
  private static boolean refersTo(ModelChange back, String entity, Set<String> some) {
    return back.dropped().stream()
        .filter(dropped -> dropped.name().equals(entity))
        .flatMap(dropped -> dropped.fields().values().stream())
        .map(Layout.FieldLayout::type)
        .allMatch(type -> !(type instanceof Reference to) || some.contains(to.entity()));
  }
}
