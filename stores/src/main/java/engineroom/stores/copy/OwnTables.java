package engineroom.stores.copy;

import engineroom.model.Entity;
import engineroom.model.Entity.Keys;
import engineroom.model.Entity.Notes;
import engineroom.model.Field;
import engineroom.model.FieldType;
import engineroom.model.FieldType.Bytes;
import engineroom.model.FieldType.Text;
import engineroom.model.FieldType.Whole;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The tables of the program's own that belong to an app's rows, as if they were entities: they
/// have the same columns in every database.
public final class OwnTables {
  /// The change log.
  public static final String CHANGES = "_engineroom_change";

  static final String TRASH = "_engineroom_trash";
  static final String NUMBER = "sequence";

  private static final FieldType TEXT = Text.PLAIN;
  private static final FieldType WHOLE = new Whole(null, null);
  private static final FieldType BYTES = new Bytes(null);

  /// All of them.
  static final List<Own> ALL =
      List.of(
          own(CHANGES, "change log", List.of(NUMBER))
              .with(WHOLE, NUMBER)
              .with(TEXT, "entity", "row_id", "kind", "before", "after")
              .with(TEXT, "caller", "request_id", "time"),
          own(TRASH, "trash", List.of("number"))
              .with(WHOLE, "number", "until", NUMBER, "restored")
              .with(TEXT, "entity", "row_id", "caller", "request_id", "time")
              .with(TEXT, "went", "cleared", "row"),
          own("_engineroom_trash_row", "rows in the trash", List.of("number", "place"))
              .with(WHOLE, "number", "place")
              .with(TEXT, "entity", "row"),
          own("_engineroom_sequence", "counters", List.of("entity", "field", "scope"))
              .with(TEXT, "entity", "field", "scope")
              .with(WHOLE, "last"),
          own("_engineroom_answer", "kept answers", List.of("key"))
              .with(TEXT, "key")
              .with(BYTES, "request", "answer")
              .with(WHOLE, "until"));

  private OwnTables() {}

  /// A table that numbers its rows, and remembers numbers of rows that are gone.
  public enum Counted {
    CHANGE(CHANGES, NUMBER),
    TRASH(OwnTables.TRASH, "number");

    private final String table;
    private final String column;

    Counted(String table, String column) {
      this.table = table;
      this.column = column;
    }

    public String table() {
      return table;
    }

    public String column() {
      return column;
    }
  }

  /// One table.
  ///
  /// @param told what it is called in reports
  /// @param key the fields that tell its rows apart, in whose order they are read
  record Own(String told, Entity entity, List<String> key) {
    Own with(FieldType type, String... names) {
      Map<String, Field> fields = new LinkedHashMap<>(entity.fields());
      for (var name : names) {
        fields.put(name, Field.of(name, type));
      }
      return new Own(told, table(entity.name(), fields), key);
    }
  }

  private static Own own(String name, String told, List<String> key) {
    return new Own(told, table(name, Map.of()), key);
  }

  private static Entity table(String name, Map<String, Field> fields) {
    return new Entity(name, name, fields, Map.of(), Keys.NONE, Entity.Access.NOBODY, Notes.NONE);
  }
}
