package engineroom.outcome;

import engineroom.data.Value;
import engineroom.problem.Violation;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Why somebody may do something or not.
///
/// @param rules what was asked, in order
/// @param fields by name, all that the entity has
public record AccessReport(
    Asked asked, Verdict verdict, List<HeldRule> rules, Map<String, FieldRights> fields) {
  public AccessReport {
    rules = List.copyOf(rules);
    fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
  }

  /// What was asked for.
  ///
  /// @param operation `read`, `list`, `create`, `change` …
  /// @param id of the row in question; null where there is none
  public record Asked(String operation, String entity, @Nullable Value id) {}

  /// What came of it.
  public sealed interface Verdict {
    /// It would be done.
    enum Yes implements Verdict {
      ALLOWED
    }

    /// It would be refused.
    ///
    /// @param code of the problem
    record Refused(Stage stage, String code, String title, List<Violation> errors)
        implements Verdict {
      public Refused {
        errors = List.copyOf(errors);
      }
    }
  }

  /// Who refuses.
  public enum Stage {
    /// A rule of the entity.
    RULE,
    /// A field that may not be written, or is not there for the caller.
    FIELD,
    /// A reference to a row that the caller may not see.
    REFERENCE,
    /// A check, which binds everybody.
    CHECK,
    /// A value that does not fit, whoever sends it.
    VALUE,
    /// There is no such row for anybody.
    NO_ROW,
    /// Something that no rule says.
    OTHER
  }

  /// Whether something holds.
  public enum Holds {
    YES,
    NO,
    /// Each row is asked.
    OF_EACH_ROW
  }

  /// Which state of a row a rule was asked of.
  public enum State {
    ROW,
    OLD,
    NEW
  }

  /// A rule that was asked.
  ///
  /// @param rule `read`, `create`, `update`, `delete`, `write` of a field, `reference` or `check`
  /// @param name of the field or check; empty for the rules of an entity
  /// @param row that it was asked of; null where there is none
  /// @param decided the rule with what concerns the caller alone filled in
  public record HeldRule(
      String rule,
      String entity,
      String name,
      @Nullable Subject row,
      Holds holds,
      String decided,
      Trace trace) {}

  /// A row as it is, or was, or is to be.
  public record Subject(Value id, State state) {}

  /// What the caller may do with a field.
  public record FieldRights(Right read, Right write) {}

  /// Whether something may be done with a field.
  ///
  /// @param rule the field's own; null where it has none
  public record Right(Holds holds, @Nullable Trace rule) {}
}
