package engineroom.rows;

import engineroom.data.Value;
import engineroom.json.FieldReader;
import engineroom.json.Json;
import engineroom.model.Entity;
import engineroom.model.Field;
import engineroom.model.FieldType;
import engineroom.model.Model;
import engineroom.problem.Nearest;
import java.util.Map;
import java.util.Set;

/// Turns the JSON of one field into its value. A reference may name a unique field of the row meant
/// instead of its id, and money of one currency the amount alone.
public final class RowValues {
  /// What may be named, and where rows are found.
  public interface Sight {
    /// The fields of an entity that references may name.
    Set<String> names(Entity entity);

    /// Finds rows by what is unique of them.
    Known known();
  }

  private final Model model;
  private final FieldReader values;
  private final Sight sight;

  public RowValues(Model model, Sight sight) {
    this.model = model;
    this.values = new FieldReader(model);
    this.sight = sight;
  }

  /// A value of the field.
  ///
  /// @throws Unfit where no row is meant
  /// @throws FieldReader.Unfit where it is no value of the type
  public Value value(Field field, Json json) {
    if (json == Json.Null.NULL) {
      return Value.NULL;
    }
    if (field.type() instanceof FieldType.Reference(var target, _, _, _)
        && json instanceof Json.Obj(var members)
        && !members.containsKey("id")) {
      return reference(model.entity(target), members);
    }
    if (field.type() instanceof FieldType.Money money) {
      return values.json(money, money(money, json));
    }
    return values.json(field.type(), json);
  }

  /// An amount without a currency is enough where the model fixes it.
  private static Json money(FieldType.Money money, Json json) {
    return money.currency() != null
            && json instanceof Json.Obj(var members)
            && members.size() == 1
            && members.containsKey("amount")
        ? members.get("amount")
        : json;
  }

  private Value reference(Entity target, Map<String, Json> members) {
    if (members.size() != 1) {
      throw new Unfit("must name one unique field of " + target.name() + ", or its id");
    }
    var member = members.entrySet().iterator().next();
    var name = member.getKey();
    var field = target.findField(name).filter(f -> sight.names(target).contains(f.name()));
    if (field.isEmpty()) {
      var near = Nearest.of(name, sight.names(target));
      throw new Unfit(
          "can't be found: "
              + target.name()
              + "."
              + name
              + " does not exist"
              + (near == null ? "" : "; did you mean " + near + "?"));
    }
    if (!unique(target, field.get())) {
      throw new Unfit("can't be found by " + name + ", which is not unique");
    }
    var value = unique(field.get().type(), member.getValue());
    return sight
        .known()
        .findId(target.name(), name, value)
        .orElseThrow(
            () ->
                new Unfit(
                    "refers to no "
                        + target.name()
                        + " whose "
                        + name
                        + " is "
                        + shown(member.getValue())));
  }

  /// Cells of CSV are texts, whatever the unique field is.
  private Value unique(FieldType type, Json json) {
    return json instanceof Json.Text(var text) ? values.text(type, text) : values.json(type, json);
  }

  /// Whether one value of a field tells one row.
  public static boolean unique(Entity entity, Field field) {
    return entity.keys().uniques().stream()
        .anyMatch(unique -> unique.size() == 1 && unique.getFirst().equals(field.name()));
  }

  private static String shown(Json json) {
    return switch (json) {
      case Json.Text(var text) -> text;
      case Json.Num(var text) -> text;
      case Json.Bool(var truth) -> String.valueOf(truth);
      case Json.Obj _, Json.Arr _, Json.Null _ -> "that";
    };
  }
}
