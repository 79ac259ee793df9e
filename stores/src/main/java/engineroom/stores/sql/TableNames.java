package engineroom.stores.sql;

import engineroom.data.Type;
import engineroom.model.Entity;
import engineroom.model.Field;
import engineroom.model.FieldType;
import engineroom.model.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The names of tables and columns, and which columns a field has.
public final class TableNames {
  private final Model model;
  private final Dialect dialect;
  private final Map<String, AdoptedTable> adopted;

  public TableNames(Model model, Dialect dialect) {
    this(model, dialect, Map.of());
  }

  /// @param adopted the tables of entities that somebody else's hold
  public TableNames(Model model, Dialect dialect, Map<String, AdoptedTable> adopted) {
    this.model = model;
    this.dialect = dialect;
    this.adopted = Map.copyOf(adopted);
  }

  /// The language of the database that has the tables.
  public Dialect dialect() {
    return dialect;
  }

  Model model() {
    return model;
  }

  /// Somebody else's table that holds an entity's rows; null where one of the program's own does.
  @Nullable AdoptedTable adopted(String entity) {
    return adopted.get(entity);
  }

  /// Whether the id of an entity has no column, but is made of several.
  boolean composed(String entity) {
    return adopted.containsKey(entity) && !model.entity(entity).idParts().isEmpty();
  }

  /// What rows of an entity are read from.
  String rows(String entity) {
    var table = adopted.get(entity);
    return table == null ? Sql.name(entity) : table.rows();
  }

  /// The column by which rows are looked for that have a field's value.
  String key(String entity, String field) {
    var table = adopted.get(entity);
    var key = AdoptedTable.key(field);
    return table != null && table.columns().containsKey(key) ? key : field;
  }

  /// A type, that of its id where it is a row's.
  Type plain(Type type) {
    return type instanceof Type.RowOf(var entity)
        ? model.entity(entity).field("id").type().type()
        : type;
  }

  /// The column that numbers rows for SQLite: the id where it is a whole number.
  public static String key(Entity entity) {
    return integerIds(entity) ? "id" : "_row";
  }

  /// Whether the ids of an entity are whole numbers.
  public static boolean integerIds(Entity entity) {
    return entity.field("id").type() instanceof FieldType.Whole;
  }

  /// The form of a field.
  public Form form(Field field) {
    return Form.of(model, field.type());
  }

  /// The columns that hold the parts of a field, in order.
  public List<String> columns(Field field) {
    var form = form(field);
    if (form == Form.Simple.POINT) {
      return List.of(field.name() + "__latitude", field.name() + "__longitude");
    }
    return form.parts() == 2
        ? List.of(field.name(), field.name() + "__currency")
        : List.of(field.name());
  }

  /// The column that holds a text in lower case, for fields that ignore case.
  public static String folded(String field) {
    return field + "__folded";
  }

  /// Whether a field has such a column.
  public static boolean ignoresCase(Field field) {
    return field.type() instanceof FieldType.Text text && text.ignoreCase() && !field.virtual();
  }

  /// The columns that tell whether two rows have the same values of these fields, and in which
  /// order.
  public List<String> keyColumns(Entity entity, List<String> fields) {
    var columns = new ArrayList<String>();
    for (var name : fields) {
      var field = entity.field(name);
      columns.addAll(ignoresCase(field) ? List.of(folded(name)) : columns(field));
    }
    return columns;
  }

  /// The fields that are searched, in order.
  public static List<String> searched(Entity entity) {
    return entity.kept().values().stream()
        .filter(field -> field.traits().search())
        .map(Field::name)
        .toList();
  }
}
