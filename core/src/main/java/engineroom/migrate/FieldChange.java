package engineroom.migrate;

import engineroom.migrate.Difference.Kind;
import engineroom.migrate.Layout.FieldLayout;
import engineroom.model.Field;
import engineroom.model.FieldType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One field of the model and what was recorded of it.
///
/// @param before null where it is new
/// @param from how its values are kept; of a reference, the ids referred to
/// @param to how they are to be kept
/// @param differences between the types
public record FieldChange(
    @Nullable FieldLayout before,
    Field after,
    FieldType from,
    FieldType to,
    List<Difference> differences) {
  public FieldChange {
    differences = List.copyOf(differences);
  }

  /// The field's name.
  public String name() {
    return after.name();
  }

  /// Whether it has another name now.
  public boolean renamed() {
    return before != null && !before.name().equals(after.name());
  }

  /// Whether its present values become others.
  public boolean converts() {
    return before != null
        && (from.getClass() != to.getClass()
            || !from.type().equals(to.type())
            || has(Kind.CONVERTED));
  }

  /// Whether a value must be looked at before it is kept.
  boolean checked() {
    return converts() || filled() || has(Kind.NARROWER);
  }

  /// Whether rows without a value get one, or must have one.
  boolean filled() {
    if (after.computed()) {
      return false; // it is worked out when all rows are there
    }
    return before == null ? after.required() || gives() : !before.required() && after.required();
  }

  private boolean gives() {
    var filling = after.filling();
    return filling.initial() != null
        || filling.sequence() != null
        || after.notes().backfill() != null;
  }

  private boolean has(Kind kind) {
    return differences.stream().anyMatch(difference -> difference.kind() == kind);
  }

  /// The present value of each recorded value of an enum that was renamed.
  public Map<String, String> renamedValues() {
    if (before == null || after.notes().wasValues().isEmpty()) {
      return Map.of();
    }
    var values = values(before.type());
    var renamed = new LinkedHashMap<String, String>();
    after.notes().wasValues().entrySet().stream()
        .filter(entry -> values.contains(entry.getKey()))
        .forEach(entry -> renamed.put(entry.getKey(), entry.getValue()));
    return renamed;
  }

  private static List<String> values(FieldType type) {
    return switch (type) {
      case FieldType.Choice(var values) -> values;
      case FieldType.ListOf(FieldType.Choice(var values)) -> values;
      case FieldType _ -> List.of();
    };
  }

  /// Whether present rows may get another value than the one they have.
  public boolean rewrites() {
    return converts() || filled() || !renamedValues().isEmpty();
  }

  /// Whether rows must be looked at.
  public boolean examined() {
    return checked() || rewrites();
  }

  /// The default as text; empty where there is none.
  static String initial(Field field) {
    var initial = field.filling().initial();
    return initial == null ? "" : ExpressionText.of(initial);
  }

  /// Whether the default is another.
  boolean otherInitial() {
    return before != null && !Objects.equals(before.initial(), initial(after));
  }
}
