package engineroom.transfer;

import engineroom.data.Value;
import engineroom.json.FieldReader;
import engineroom.json.Json;
import engineroom.model.Entity;
import engineroom.model.Field;
import engineroom.model.FieldType;
import engineroom.model.Model;
import engineroom.operation.Input;
import engineroom.operation.Input.Assignment;
import engineroom.problem.Nearest;
import engineroom.problem.Violation;
import engineroom.rows.CsvCells;
import engineroom.rows.Known;
import engineroom.rows.RowValues;
import engineroom.rows.Unfit;
import engineroom.transfer.ImportPlan.Sight;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Turns lines into inputs. What can't be read is kept as such in its field, so that the engine
/// tells all mistakes of a line at once.
final class RowInputs {
  /// Characters shown of cells that have no column.
  private static final int BEYOND_MAX = 200;

  private final ImportPlan plan;
  private final Sight sight;
  private final RowValues values;
  private final Columns.@Nullable Read columns;
  private final @Nullable CsvCells cells;
  private final List<Field> cleared;

  /// @param columns null for files without a header line
  RowInputs(
      Model model, ImportPlan plan, Sight sight, Known known, Columns.@Nullable Read columns) {
    this.plan = plan;
    this.sight = sight;
    this.values = new RowValues(model, new Seen(sight, known));
    this.columns = columns;
    this.cells = columns == null ? null : new CsvCells(model, plan.entity(), columns.paths());
    this.cleared = columns == null ? List.of() : cleared(plan.entity(), columns.fields());
  }

  /// What references may name.
  private record Seen(Sight sight, Known known) implements RowValues.Sight {
    @Override
    public Set<String> names(Entity entity) {
      return sight.names(entity.name());
    }
  }

  /// The fields that an empty cell makes null: optional, and without a default.
  private static List<Field> cleared(Entity entity, Set<String> fields) {
    return entity.fields().values().stream()
        .filter(f -> fields.contains(f.name()) && !f.required() && f.filling().initial() == null)
        .toList();
  }

  /// What is wrong with a line before it is looked at as a row; null where nothing is.
  @Nullable String mistake(Line line) {
    return switch (line) {
      case Line.Bad bad -> "The line " + bad.message();
      case Line.Cells(_, var row) when columns != null && row.size() != columns.width() ->
          "The line has "
              + row.size()
              + " cells where the header has "
              + columns.width()
              + beyond(row, columns.width());
      case Line.Cells _, Line.Members _ -> null;
    };
  }

  private static String beyond(List<String> row, int width) {
    if (row.size() <= width) {
      return "";
    }
    var text = String.join(" | ", row.subList(width, row.size()));
    var some = text.length() > BEYOND_MAX ? text.substring(0, BEYOND_MAX) + "…" : text;
    return "; put a cell that holds a delimiter in quotes. Too many are: " + some;
  }

  /// The line as a row; it must have no mistake.
  ///
  /// @param path where its mistakes are said to be
  Input read(Line line, String path) {
    return switch (line) {
      case Line.Cells(_, var row) -> ofCells(row, path);
      case Line.Members(_, var row, _) -> ofMembers(row, path);
      case Line.Bad bad -> throw new IllegalArgumentException("not a row: " + bad);
    };
  }

  private Input ofCells(List<String> row, String path) {
    if (columns == null || cells == null) {
      throw new IllegalStateException("cells without columns");
    }
    var chosen = new ArrayList<String>(columns.positions().size());
    columns.positions().forEach(position -> chosen.add(row.get(position)));
    var assignments = new LinkedHashMap<String, Assignment>();
    var members =
        cells.row(
            chosen, (column, message) -> unreadable(assignments, column, "type/json", message));
    members.members().forEach((name, json) -> assign(assignments, name, json));
    cleared.forEach(field -> assignments.putIfAbsent(field.name(), new Assignment.To(Value.NULL)));
    return new Input(path, assignments, Map.of());
  }

  private Input ofMembers(Json.Obj row, String path) {
    var mapping = plan.layout().mapping();
    var assignments = new LinkedHashMap<String, Assignment>();
    row.members()
        .forEach(
            (name, json) -> {
              if (!mapping.ignores(name)) {
                assign(assignments, mapping.field(name), json);
              }
            });
    return new Input(path, assignments, Map.of());
  }

  private void assign(Map<String, Assignment> assignments, String name, Json json) {
    var entity = plan.entity();
    var writable = sight.writable(entity.name());
    var field = entity.findField(name).filter(f -> writable.contains(f.name()));
    if (field.isEmpty()) {
      absent(assignments, name, writable);
      return;
    }
    try {
      assignments.put(name, new Assignment.To(values.value(field.get(), json)));
    } catch (FieldReader.Unfit unfit) {
      unreadable(assignments, name, unfit.code(), unfit.text());
    } catch (Unfit unfit) {
      unreadable(assignments, name, "type/reference", unfit.text());
    }
  }

  private void absent(Map<String, Assignment> assignments, String name, Set<String> writable) {
    var entity = plan.entity();
    if (sight.names(entity.name()).contains(name)) {
      unreadable(assignments, name, "read-only", "can't be written; pass over it by ignore");
      return;
    }
    var near = Nearest.of(name, new TreeSet<>(writable));
    var hint = near == null ? "" : "; did you mean " + near + "?";
    unreadable(assignments, name, "unknown", "is no field of " + entity.name() + hint);
  }

  private static void unreadable(
      Map<String, Assignment> assignments, String name, String code, String message) {
    assignments.put(name, new Assignment.Unreadable(new Violation(name, code, message)));
  }

  /// The values of the key that rows are found by; empty where one of them is missing.
  List<Value> key(Input input) {
    var key = new ArrayList<Value>();
    for (var name : plan.by()) {
      if (!(input.assignments().get(name) instanceof Assignment.To(var value))
          || value == Value.NULL) {
        return List.of();
      }
      key.add(folded(plan.entity().field(name), value));
    }
    return key;
  }

  private static Value folded(Field field, Value value) {
    return field.type() instanceof FieldType.Text type
            && type.ignoreCase()
            && value instanceof Value.Text(var text)
        ? Value.of(text.toLowerCase(Locale.ROOT))
        : value;
  }
}
