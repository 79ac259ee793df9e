package engineroom.rows;

import engineroom.data.Value;
import engineroom.expression.Fitting;
import engineroom.json.Json;
import engineroom.json.JsonLimits;
import engineroom.json.JsonReader;
import engineroom.model.Entity;
import java.util.Optional;

/// Reads the id out of a row's JSON.
public final class RowId {
  private RowId() {}

  /// The id, where the row shows it.
  public static Optional<Value> of(Entity entity, byte[] row) {
    if (!(JsonReader.read(row, JsonLimits.defaults()) instanceof Json.Obj(var members))) {
      return Optional.empty();
    }
    return switch (members.get("id")) {
      case Json.Text(var text) ->
          Optional.ofNullable(Fitting.parse(text, entity.field("id").type().type()));
      case Json.Num(var number) -> Optional.of(Value.of(Long.parseLong(number)));
      case null, default -> Optional.empty(); // an id is a text or a number
    };
  }
}
