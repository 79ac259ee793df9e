package engineroom.stores;

import engineroom.model.Entity;
import engineroom.model.Field;
import engineroom.model.FieldType;
import engineroom.model.History;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a kind of store can't keep of a model, whatever the rows are.
///
/// @param name of the kind
/// @param nameMax letters of a table or a column
/// @param textIdMax letters of an id that is a text
public record StoreLimits(String name, int nameMax, int textIdMax) {
  private static final StoreLimits NONE =
      new StoreLimits("SQLite", Integer.MAX_VALUE, Integer.MAX_VALUE);

  /// Nine less than PostgreSQL's 63: a name that changes hands gets so many more for a moment.
  private static final StoreLimits POSTGRES =
      new StoreLimits("PostgreSQL", 63 - "__renamed".length(), Integer.MAX_VALUE);

  private static final int MARIADB_NAME_MAX = 64;
  private static final int MARIADB_ID_MAX = 500;

  /// Something that can't be kept.
  ///
  /// @param field that it is about, or null where it is the entity
  public record Unkept(@Nullable String field, String message, String wayOut) {}

  /// The limits of the store that an address is of.
  public static StoreLimits of(StoreAddress address) {
    return switch (address) {
      case StoreAddress.SqliteFile _ -> NONE;
      case StoreAddress.Postgres _ -> POSTGRES;
      case StoreAddress.Maria(var server) ->
          new StoreLimits(server.make().words(), MARIADB_NAME_MAX, MARIADB_ID_MAX);
    };
  }

  /// What of an entity can't be kept; nothing of one that somebody else's table holds already.
  public List<Unkept> unkept(Entity entity) {
    if (entity.adopted() != null) {
      return List.of();
    }
    var unkept = new ArrayList<Unkept>();
    var table = entity.life().history() ? History.past(entity.name()) : entity.name();
    if (table.length() > nameMax) {
      unkept.add(tooLong(null, entity.name(), table));
    }
    for (var field : entity.kept().values()) {
      var column = column(field);
      if (column.length() > nameMax) {
        unkept.add(tooLong(field.name(), entity.name() + "." + field.name(), column));
      }
    }
    if (entity.field("id").type() instanceof FieldType.Text id && most(id) > textIdMax) {
      unkept.add(
          new Unkept(
              "id",
              "%s.id: %s keeps ids of at most %d characters."
                  .formatted(entity.name(), name, textIdMax),
              "Write a max of at most " + textIdMax + "."));
    }
    return unkept;
  }

  private static int most(FieldType.Text text) {
    var max = text.max();
    return max == null ? Integer.MAX_VALUE : max;
  }

  private Unkept tooLong(@Nullable String field, String full, String made) {
    return new Unkept(
        field,
        "%s has too long a name for %s: %s has %d letters, and there may be %d."
            .formatted(full, name, made, made.length(), nameMax),
        "Give it a shorter one.");
  }

  /// The longest name of a column that a field has.
  private static String column(Field field) {
    var ending =
        switch (field.type()) {
          case FieldType.Text text -> text.ignoreCase() ? "__folded" : "";
          case FieldType.Money money -> money.currency() == null ? "__currency" : "";
          case FieldType.Plain plain -> plain == FieldType.Plain.POINT ? "__longitude" : "";
          case FieldType.Whole _,
              FieldType.Number _,
              FieldType.Decimal _,
              FieldType.Choice _,
              FieldType.Json _,
              FieldType.Bytes _,
              FieldType.Reference _,
              FieldType.ListOf _ ->
              "";
        };
    return field.name() + ending;
  }
}
