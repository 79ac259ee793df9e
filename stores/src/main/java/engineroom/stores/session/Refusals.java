package engineroom.stores.session;

import static engineroom.problem.ProblemException.problem;

import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.model.Entity;
import engineroom.model.Field;
import engineroom.model.FieldType.Reference;
import engineroom.model.Model;
import engineroom.problem.OperationProblem.NotValid;
import engineroom.problem.StoreProblem.NotUnique;
import engineroom.problem.StoreProblem.StillReferred;
import engineroom.problem.Violation;
import engineroom.stores.sql.TableNames;
import java.util.ArrayList;
import java.util.List;

/// Says, in the model's words, why a row could not be written.
public final class Refusals {
  /// What a database says of a row that it refuses.
  ///
  /// @param names of the columns, or of the check
  /// @param failure what it threw
  public record Refused(Rule rule, List<String> names, RuntimeException failure) {
    public Refused {
      names = List.copyOf(names);
    }

    /// What is broken.
    public enum Rule {
      UNIQUE,
      NOT_NULL,
      CHECK,
      OTHER
    }
  }

  private final Model model;
  private final SessionTables tables;

  public Refusals(Model model, SessionTables tables) {
    this.model = model;
    this.tables = tables;
  }

  /// The exception for a row that a constraint refused: what it refers to in vain, else what the
  /// constraint says.
  public RuntimeException told(Entity entity, Row row, Refused refused) {
    var violations = missing(entity, row);
    if (!violations.isEmpty()) {
      return problem(new NotValid(violations));
    }
    var names = refused.names();
    return switch (refused.rule()) {
      case UNIQUE -> problem(new NotUnique(entity.name(), fields(entity, names)));
      case NOT_NULL ->
          problem(new NotValid(fields(entity, names).stream().map(Refusals::required).toList()));
      case CHECK -> problem(new NotValid(names.stream().map(name -> check(entity, name)).toList()));
      case OTHER -> refused.failure();
    };
  }

  private List<Violation> missing(Entity entity, Row row) {
    var violations = new ArrayList<Violation>();
    for (var field : entity.fields().values()) {
      if (field.type() instanceof Reference reference && !found(entity, row, field, reference)) {
        violations.add(new Violation(field.name(), "reference", "refers to nothing that exists"));
      }
    }
    return violations;
  }

  private boolean found(Entity entity, Row row, Field field, Reference reference) {
    var id = row.value(field.name());
    return id instanceof Value.Null
        || (reference.entity().equals(entity.name()) && id.equals(row.id()))
        || tables.find(reference.entity(), id).isPresent();
  }

  /// The fields that columns belong to.
  private List<String> fields(Entity entity, List<String> columns) {
    var adopted = entity.adopted();
    if (adopted != null) {
      var held =
          entity.kept().keySet().stream()
              .filter(field -> columns.contains(adopted.column(field)))
              .toList();
      return held.isEmpty() ? List.of("id") : held;
    }
    var names = new TableNames(model, tables.dialect());
    var fields = new ArrayList<String>();
    for (var field : entity.kept().values()) {
      var own = new ArrayList<>(names.columns(field));
      own.add(TableNames.folded(field.name()));
      if (columns.stream().anyMatch(own::contains)) {
        fields.add(field.name());
      }
    }
    fields.sort(java.util.Comparator.comparingInt(name -> position(columns, name)));
    return fields;
  }

  private static int position(List<String> columns, String field) {
    for (var i = 0; i < columns.size(); i++) {
      if (columns.get(i).equals(field) || columns.get(i).startsWith(field + "__")) {
        return i;
      }
    }
    return columns.size();
  }

  private static Violation required(String field) {
    return new Violation(field, "required", "is required");
  }

  /// Of somebody else's table, a check that its owner made.
  private static Violation check(Entity entity, String constraint) {
    return entity.adopted() == null
        ? limit(constraint)
        : new Violation("", "check", "is not allowed by the database: " + constraint);
  }

  /// Of a constraint `price__min`: the field and the limit that it names.
  private static Violation limit(String constraint) {
    var end = constraint.lastIndexOf("__");
    return end < 0
        ? new Violation("", "check", "is not allowed")
        : new Violation(
            constraint.substring(0, end), constraint.substring(end + 2), "is outside its limits");
  }

  /// The exception for a new row without an id, where the table that holds it gives none.
  public static RuntimeException idNeeded() {
    return problem(new NotValid(List.of(required("id"))));
  }

  /// Refuses a row that breaks a check of its entity, and says what it refers to in vain besides.
  /// Where that alone is wrong, the foreign key finds out.
  public void refuseChecks(Entity entity, Row row) {
    var broken = OwnChecks.broken(entity, row);
    if (!broken.isEmpty()) {
      var violations = new ArrayList<>(missing(entity, row));
      violations.addAll(broken);
      throw problem(new NotValid(violations));
    }
  }

  /// The exception for a row that can't go because another refers to it.
  public RuntimeException stillReferred(Entity entity, Value id, RuntimeException failure) {
    for (var other : model.entities().values()) {
      for (var field : other.fields().values()) {
        if (field.type() instanceof Reference reference
            && reference.entity().equals(entity.name())
            && tables.list(entity.name(), reference.inverse(), id).iterator().hasNext()) {
          return problem(new StillReferred(entity.name(), other.name()));
        }
      }
    }
    return failure;
  }
}
