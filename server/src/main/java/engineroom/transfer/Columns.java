package engineroom.transfer;

import static engineroom.problem.ProblemException.problem;

import engineroom.model.Entity;
import engineroom.model.Field;
import engineroom.model.FieldType;
import engineroom.model.Model;
import engineroom.problem.Nearest;
import engineroom.problem.OperationProblem.NotValid;
import engineroom.problem.Violation;
import engineroom.rows.RowValues;
import engineroom.transfer.ImportPlan.Sight;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// The columns of a CSV file, held against what the caller may write. A field that they may not is
/// refused like one that does not exist.
final class Columns {
  private final Model model;
  private final ImportPlan plan;
  private final Sight sight;
  private final List<Violation> mistakes = new ArrayList<>();

  Columns(Model model, ImportPlan plan, Sight sight) {
    this.model = model;
    this.plan = plan;
    this.sight = sight;
  }

  /// What each cell of a line is for.
  ///
  /// @param positions of the cells that are read
  /// @param paths the fields, or parts of fields, that they hold
  /// @param width how many cells a line has
  record Read(List<Integer> positions, List<String> paths, int width) {
    /// The names of the fields that the file has.
    Set<String> fields() {
      var fields = new HashSet<String>();
      paths.forEach(path -> fields.add(head(path)));
      return fields;
    }
  }

  /// Holds a header line against the model; all its mistakes are told at once.
  Read read(List<String> header) {
    var mapping = plan.layout().mapping();
    var positions = new ArrayList<Integer>();
    var paths = new ArrayList<String>();
    for (int i = 0; i < header.size(); i++) {
      var column = header.get(i).strip();
      if (!mapping.ignores(column)) {
        var path = mapping.field(column);
        check(column, path);
        if (paths.contains(path)) {
          mistake(column, "twice", "is there twice. Leave one out by ignore");
        }
        positions.add(i);
        paths.add(path);
      }
    }
    mapping
        .missing(header.stream().map(String::strip).toList())
        .forEach(name -> mistake(name, "absent", "is named by map or ignore, but is no column"));
    var read = new Read(positions, paths, header.size());
    key(read.fields());
    if (!mistakes.isEmpty()) {
      throw problem(new NotValid(mistakes));
    }
    return read;
  }

  private void key(Set<String> fields) {
    for (var field : plan.by()) {
      if (!fields.contains(field)) {
        mistake(field, "required", "is no column, but rows are to be found by it");
      }
    }
  }

  private void check(String column, String path) {
    var entity = plan.entity();
    var name = head(path);
    var writable = sight.writable(entity.name());
    var field = entity.findField(name).filter(f -> writable.contains(f.name()));
    if (field.isPresent()) {
      part(column, path, field.get());
    } else if (sight.names(entity.name()).contains(name)) {
      mistake(column, "read-only", "can't be written. Pass over it by ignore=" + column);
    } else {
      var near = Nearest.of(name, new TreeSet<>(writable));
      mistake(
          column,
          "unknown",
          "is no field of "
              + entity.name()
              + (near == null ? ". " : ". Did you mean " + near + "? ")
              + "Name its field by map="
              + column
              + "=field, or pass over it by ignore="
              + column);
    }
  }

  private void part(String column, String path, Field field) {
    int dot = path.indexOf('.');
    if (dot < 0) {
      return;
    }
    var part = path.substring(dot + 1);
    var parts = parts(field);
    if (!parts.contains(part)) {
      var known = parts.isEmpty() ? "has no parts" : "has the parts " + String.join(", ", parts);
      mistake(column, "unknown", "can't be read: " + field.name() + " " + known);
    }
  }

  /// What a column may name behind the dot.
  private List<String> parts(Field field) {
    return switch (field.type()) {
      case FieldType.Money _ -> List.of("amount", "currency");
      case FieldType.Plain.POINT -> List.of("latitude", "longitude");
      case FieldType.Reference(var target, _, _, _) -> uniques(model.entity(target));
      case FieldType.Text _,
          FieldType.Whole _,
          FieldType.Decimal _,
          FieldType.Number _,
          FieldType.Plain _,
          FieldType.Choice _,
          FieldType.Json _,
          FieldType.Bytes _,
          FieldType.ListOf _ ->
          List.of();
    };
  }

  private List<String> uniques(Entity target) {
    var uniques = new ArrayList<String>();
    uniques.add("id");
    target.fields().values().stream()
        .filter(f -> RowValues.unique(target, f) && sight.names(target.name()).contains(f.name()))
        .forEach(f -> uniques.add(f.name()));
    return uniques;
  }

  private void mistake(String column, String code, String message) {
    mistakes.add(new Violation("line 1, column " + column, code, message));
  }

  /// The field of a path.
  static String head(String path) {
    int dot = path.indexOf('.');
    return dot < 0 ? path : path.substring(0, dot);
  }
}
