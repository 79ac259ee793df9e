package engineroom.stores.adopt;

import engineroom.data.Type;
import engineroom.model.Adopted;
import engineroom.model.Entity;
import engineroom.model.FieldType.Reference;
import engineroom.model.Model;
import engineroom.stores.adopt.AdoptedFit.Fitted;
import engineroom.stores.adopt.Catalogue.Filled;
import engineroom.stores.adopt.Catalogue.Kind;
import engineroom.stores.adopt.Catalogue.Table;
import engineroom.stores.migrate.Intake;
import engineroom.stores.sql.AdoptedTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What becomes of somebody else's tables when a model comes to own what they hold.
///
/// @param intake the tables whose rows are taken
/// @param changes what will be otherwise than it was, a sentence each
/// @param faults what can't be owned, with the way out
public record Ownership(Intake intake, List<String> changes, List<String> faults) {
  public Ownership {
    changes = List.copyOf(changes);
    faults = List.copyOf(faults);
  }

  /// Nothing can be owned.
  public static Ownership refused(List<String> faults) {
    return new Ownership(Intake.NONE, List.of(), faults);
  }

  /// What becomes of the tables that a model serves.
  public static Ownership of(Model served, Catalogue catalogue, Fitted fitted) {
    var changes = new Changes();
    changes.faults.addAll(fitted.faults());
    for (var entity : served.entities().values()) {
      var adopted = entity.adopted();
      if (adopted != null) {
        catalogue
            .findTable(adopted.table())
            .ifPresent(table -> changes.table(entity, adopted, table));
      }
    }
    var tables = changes.faults.isEmpty() ? fitted.tables() : Map.<String, AdoptedTable>of();
    return new Ownership(new Intake(served, tables), changes.told, changes.faults);
  }

  /// Collects them.
  private static final class Changes {
    final List<String> told = new ArrayList<>();
    final List<String> faults = new ArrayList<>();

    void table(Entity entity, Adopted adopted, Table table) {
      if (table.kind() == Kind.VIEW) {
        faults.add(
            ("%s: %s is a view, which shows what is in other tables, and can't be owned. Take the"
                    + " entity out of the model.")
                .formatted(entity.name(), table.name()));
        return;
      }
      columns(entity, adopted, table);
      keys(entity, adopted, table);
      table
          .checks()
          .forEach(check -> tell(entity, "CHECK " + check + " is kept no more: write checks:."));
      if (entity.readOnly()) {
        tell(entity, "rows can be written from now on, by whoever its access rules let.");
      }
      if (entity.field("id").type().type() == Type.Scalar.TEXT && entity.idParts().isEmpty()) {
        tell(entity, "a new row brings its id, as before.");
      }
    }

    private void tell(Entity entity, String what) {
      told.add(entity.name() + ": " + what);
    }

    private void columns(Entity entity, Adopted adopted, Table table) {
      var held = entity.kept().keySet().stream().map(adopted::column).toList();
      var left = new ArrayList<String>();
      for (var column : table.columns()) {
        if (!held.contains(column.name())) {
          left.add(column.name());
        } else if (column.filled() == Filled.BY_DEFAULT) {
          tell(
              entity,
              ("%s has no default any more, which was %s in the database: write default: at"
                      + " the field.")
                  .formatted(column.name(), column.initial()));
        } else if (column.filled() == Filled.BY_EXPRESSION) {
          tell(entity, column.name() + " is worked out no more: write compute: at the field.");
        } else if (column.filled() == Filled.BY_COUNTING
            && !column.name().equals(adopted.column("id"))) {
          tell(entity, column.name() + " counts no more: write sequence: at the field.");
        }
      }
      if (!left.isEmpty()) {
        tell(entity, "no field holds " + String.join(", ", left) + ": they stay behind.");
      }
    }

    private void keys(Entity entity, Adopted adopted, Table table) {
      for (var foreign : table.foreignKeys()) {
        boolean kept =
            foreign.columns().size() == 1
                && entity.kept().values().stream()
                    .filter(
                        field -> adopted.column(field.name()).equals(foreign.columns().getFirst()))
                    .anyMatch(field -> field.type() instanceof Reference);
        if (!kept) {
          tell(
              entity,
              "%s refers to %s no more, as no reference of the model says so."
                  .formatted(String.join(", ", foreign.columns()), foreign.table()));
        }
      }
      var uniques =
          entity.keys().uniques().stream()
              .map(unique -> unique.stream().map(adopted::column).sorted().toList())
              .toList();
      for (var unique : table.indexes().uniques()) {
        if (!uniques.contains(unique.stream().sorted().toList())) {
          tell(entity, String.join(", ", unique) + " is unique no more: write unique:.");
        }
      }
    }
  }
}
