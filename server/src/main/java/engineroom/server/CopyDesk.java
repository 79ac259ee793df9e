package engineroom.server;

import engineroom.app.App.ConfigException;
import engineroom.app.CopyWork;
import engineroom.migrate.MigrationPlan.Loss;
import engineroom.model.Model;
import engineroom.problem.ProblemException;
import engineroom.stores.BadAddress;
import engineroom.stores.copy.Copied.Table;
import engineroom.stores.copy.Copy;
import engineroom.stores.copy.CopyRecord;
import engineroom.stores.copy.CopyRefused;
import engineroom.stores.copy.Side;
import engineroom.stores.copy.Watch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// Copies databases of apps.
final class CopyDesk implements CopyWork {
  private static final int HASH_SHOWN = 16;
  private static final String DONE = "Change store: in the model, and start the app.";

  /// The two databases, and the model that both follow.
  private record Ends(Model model, AppData from, AppData to) {}

  @Override
  public Copied copy(Order order, Heard heard) {
    return told(
        () -> {
          var ends = ends(order);
          prepare(ends);
          try (var source = ends.from().reading();
              var target = ends.to().writing()) {
            var watch = new CopyWatch(order.lasting(), heard);
            var copied = new Copy(ends.model(), source, target, watch).run();
            return shown(copied, List.of(copied.served() ? served(copied.change()) : DONE));
          }
        });
  }

  @Override
  public Copied compare(Order order, Heard heard) {
    return told(
        () -> {
          var ends = ends(order);
          ends.to().mustExist();
          mustFit(ends.to(), ends.model());
          try (var source = ends.from().reading();
              var target = ends.to().reading()) {
            Copy.checkSource(ends.model(), source);
            Copy.checkSource(ends.model(), target);
            var watch = new CopyWatch(order.lasting(), heard);
            return shown(
                new Copy(ends.model(), source, target, watch).compare(), List.<String>of());
          }
        });
  }

  private static <T> T told(Supplier<T> work) {
    try {
      return work.get();
    } catch (ProblemException e) {
      throw new ConfigException(Engineroom.told(e));
    } catch (CopyRefused e) {
      throw new ConfigException(e.lines());
    } catch (BadAddress e) {
      throw new ConfigException(List.of(e.what(), e.wayOut()));
    }
  }

  private static Ends ends(Order order) {
    var model = Engineroom.good(order.folder()).model();
    if (model.owned() != model) {
      throw new ConfigException(
          List.of(
              "The model has tables of somebody else's (table: …), and those are not copied.",
              "Let the model own them first, see engineroom adopt --own --plan. Then copy."));
    }
    var store = order.from() == null ? model.store() : order.from();
    var from = AppData.of(store, order.folder(), null);
    var to = AppData.of(order.to(), order.folder(), null);
    if (from.address().equals(to.address())) {
      throw new ConfigException(List.of("--from and --to are the same database."));
    }
    from.mustExist();
    mustFit(from, model);
    return new Ends(model, from, to);
  }

  private static void mustFit(AppData data, Model model) {
    if (!data.plan(model).steps().isEmpty()) {
      throw new ConfigException(
          List.of(
              name(data) + " does not have the layout of the model.",
              "Migrate it first: see engineroom plan and engineroom migrate."));
    }
  }

  private static String name(AppData data) {
    return data.file().map(Path::toString).orElseGet(() -> data.address().toString());
  }

  /// Makes the tables, unless a copy was begun that goes on.
  private static void prepare(Ends ends) {
    try (var source = ends.from().reading()) {
      Copy.checkSource(ends.model(), source);
      if (refusedOrBegun(ends, source)) {
        mustFit(ends.to(), ends.model());
        return;
      }
    }
    try (var database = ends.to().open()) {
      Migrations.tellWeaknesses(database);
      database.migrate(ends.model(), Loss.REFUSED);
    }
  }

  private static boolean refusedOrBegun(Ends ends, Side source) {
    try (var target = ends.to().writing()) {
      new Copy(ends.model(), source, target, Watch.NONE).check();
      return CopyRecord.begun(target.ground());
    }
  }

  private static String served(long change) {
    return "The source is served, and what was written after change %d is not in the target."
            .formatted(change)
        + " For a move without a loss copy with --follow, and stop the app meanwhile.";
  }

  private static Copied shown(engineroom.stores.copy.Copied copied, List<String> more) {
    var lines = new ArrayList<String>();
    var width = copied.tables().stream().mapToInt(table -> table.told().length()).max().orElse(0);
    copied.tables().forEach(table -> lines.add(line(table, width)));
    var rows = copied.tables().stream().mapToLong(table -> table.from().rows()).sum();
    if (copied.same()) {
      lines.add("Both are the same at change %d: %d rows.".formatted(copied.change(), rows));
      lines.addAll(more);
    } else {
      lines.add("They differ, looked at when the source was at change " + copied.change() + ".");
    }
    return new Copied(copied.same(), lines);
  }

  private static String line(Table table, int width) {
    var name = table.told() + " ".repeat(width - table.told().length());
    return table.same()
        ? "%s  same      %10d rows  %s"
            .formatted(name, table.from().rows(), table.from().hash().substring(0, HASH_SHOWN))
        : "%s  DIFFERENT %10d rows, in the target %d"
            .formatted(name, table.from().rows(), table.to().rows());
  }
}
