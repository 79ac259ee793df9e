package engineroom.stores;

import engineroom.migrate.MigrationPlan;
import engineroom.migrate.MigrationPlan.Loss;
import engineroom.model.Model;
import engineroom.store.Store;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An open database of any kind. Lives on when the model changes; each model has a [Store] of its
/// own on it. What only one kind can do is asked of that kind.
public interface Database extends AutoCloseable {
  /// Whether it was made, or stood empty, when it was opened.
  boolean fresh();

  /// What there is to tell of the last start: whether a migration was cut short.
  Optional<String> note();

  /// Where it keeps what it acknowledged less surely than promised, a sentence each with the way
  /// out.
  List<String> weaknesses();

  /// What has to be done before it fits a model, in words; nothing where it fits. Asked often.
  List<String> planned(Model model);

  /// The same with the rows concerned and those that stand in the way.
  MigrationPlan plan(Model model);

  /// Where it is not as it recorded itself.
  List<String> drift(Model model);

  /// Makes it fit a model, or refuses and changes nothing.
  Migrated migrate(Model model, Loss loss);

  /// What a migration has done.
  ///
  /// @param backup where the copy is that was made before values were lost, or null
  record Migrated(MigrationPlan plan, @Nullable String backup) {}

  /// What it takes that a model owns tables that it served as they are. Changes nothing.
  ///
  /// @param owning the model without tables of somebody else's
  Taking taking(Model served, Model owning);

  /// What it takes to own tables.
  ///
  /// @param changes what will be otherwise than it was, a sentence each
  record Taking(MigrationPlan plan, List<String> changes) {
    public Taking {
      changes = List.copyOf(changes);
    }
  }

  /// Takes the rows of somebody else's tables into tables of a model's own, all of them, or refuses
  /// and changes nothing. The other tables stay as they are.
  Migrated take(Model served, Model owning);

  /// Makes it fit a model, where nothing is lost by it, and gives the store of the model.
  Store store(Model model);

  /// What keeps a program of a model from serving, in words; nothing where the database fits, or
  /// has only more than the model, which the program can do no harm to. Asked often.
  List<String> obstacles(Model model);

  /// The store of a model without obstacles. Changes nothing.
  Store storeAsItIs(Model model);

  /// Whether it fitted a model before the last migration and does no more: then a process that
  /// still has that model must not migrate it back.
  boolean passed(Model model);

  /// Whether several processes may serve it at a time.
  boolean shared();

  /// What they use of limits; nothing where one process alone serves it.
  Optional<SharedUse> use();

  /// What they tell each other; nothing where one process alone serves it.
  Optional<SharedNotes> notes();

  /// The copies of it that answer reads; nothing where there are none.
  default Optional<Replicas> replicas() {
    return Optional.empty();
  }

  /// What the processes that serve it have to have in common, by name: those of the first are
  /// recorded, and given to all. Where one process alone serves it, its own.
  Map<String, String> common(Map<String, String> own);

  /// What one of them does at a time.
  Duty duty(String name);

  /// Closes it, and takes away what was made in it since it was opened [#fresh].
  void forget();

  @Override
  void close();
}
