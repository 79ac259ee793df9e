package engineroom.stores.adopt;

import engineroom.model.Adopted;
import engineroom.model.Entity;
import engineroom.model.Field;
import engineroom.model.FieldType;
import engineroom.model.Model;
import engineroom.stores.adopt.Catalogue.Filled;
import engineroom.stores.adopt.Catalogue.Required;
import engineroom.stores.sql.AdoptedTable;
import engineroom.stores.sql.AdoptedTable.Filling;
import engineroom.stores.sql.TableSql;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Whether the tables of somebody else's are as a model says, and how statements name them. Nothing
/// is ever done to them: where they differ, the model has to follow.
public final class AdoptedFit {
  private final Model model;
  private final Catalogue catalogue;
  private final ColumnWords words;
  private final List<String> faults = new ArrayList<>();
  private final Map<String, AdoptedTable> tables = new LinkedHashMap<>();

  private AdoptedFit(Model model, Catalogue catalogue, ColumnWords words) {
    this.model = model;
    this.catalogue = catalogue;
    this.words = words;
  }

  /// What came of it.
  ///
  /// @param tables by entity
  /// @param faults where a table is not as the model says, with the way out
  public record Fitted(Map<String, AdoptedTable> tables, List<String> faults) {
    public static final Fitted NONE = new Fitted(Map.of(), List.of());

    public Fitted {
      tables = Map.copyOf(tables);
      faults = List.copyOf(faults);
    }
  }

  /// Whether a model has entities that somebody else's tables hold.
  public static boolean concerns(Model model) {
    return model.owned() != model;
  }

  /// Holds the tables against a model.
  public static Fitted of(Model model, Catalogue catalogue, ColumnWords words) {
    var fit = new AdoptedFit(model, catalogue, words);
    for (var entity : model.entities().values()) {
      if (entity.adopted() != null) {
        fit.add(entity, entity.adopted());
      }
    }
    return new Fitted(fit.tables, fit.faults);
  }

  private void add(Entity entity, Adopted adopted) {
    var found = catalogue.findTable(adopted.table());
    if (found.isEmpty()) {
      faults.add(
          "%s: there is no table %s. Take the entity out of the model, or say the table's name."
              .formatted(entity.name(), adopted.table()));
      return;
    }
    var table = found.get();
    if (table.kind() == Catalogue.Kind.VIEW && !entity.readOnly()) {
      faults.add(
          "%s: %s is a view. Write readOnly: true at %s."
              .formatted(entity.name(), adopted.table(), entity.name()));
    }
    var columns = new LinkedHashMap<String, AdoptedTable.Column>();
    for (var field : entity.kept().values()) {
      if (!made(entity, field)) {
        var column = column(entity, adopted, table, field);
        if (column != null) {
          columns.put(field.name(), column);
        }
      }
    }
    key(entity, adopted, table);
    left(entity, adopted, table);
    var whole = new LinkedHashMap<String, AdoptedTable.Column>();
    if (adopted.composed()) {
      whole.put("id", composed(adopted, columns));
    }
    whole.putAll(columns);
    columns.forEach((name, column) -> keyColumn(entity, name, column, whole));
    whole.put("version", version(table));
    tables.put(
        entity.name(), new AdoptedTable(words.table(table.name()), whole, next(entity, table)));
  }

  /// Rows are looked for by the column as it is, for its index to serve.
  private static void keyColumn(
      Entity entity,
      String field,
      AdoptedTable.Column column,
      Map<String, AdoptedTable.Column> columns) {
    boolean looked =
        field.equals("id")
            || entity.idParts().contains(field)
            || entity.field(field).type() instanceof FieldType.Reference;
    if (looked && !column.read().equals(column.name())) {
      var asItIs = new AdoptedTable.Column(column.name(), column.name(), null, Filling.OWN);
      columns.put(AdoptedTable.key(field), asItIs);
    }
  }

  /// Whether no column holds a field.
  private static boolean made(Entity entity, Field field) {
    return field.name().equals("version")
        || (field.name().equals("id") && !entity.idParts().isEmpty());
  }

  private AdoptedTable.@Nullable Column column(
      Entity entity, Adopted adopted, Catalogue.Table table, Field field) {
    var full = entity.name() + "." + field.name();
    var name = adopted.column(field.name());
    var found = table.findColumn(name).orElse(null);
    if (found == null) {
      faults.add(
          ("%s: the table %s has no column %s. It belongs to somebody else and is never altered:"
                  + " add the column there, or take the field out of the model.")
              .formatted(full, adopted.table(), name));
      return null;
    }
    var quoted = TableSql.name(name);
    var held = words.held(type(field), found, quoted);
    if (held == null) {
      faults.add(
          "%s: the column %s is of type %s, which can't hold %s. Let engineroom adopt say the type."
              .formatted(full, name, found.type(), field.type().type()));
      return null;
    }
    if (field.required()
        && found.required() == Required.NO
        && table.kind() == Catalogue.Kind.TABLE) { // of views nothing is known
      faults.add(
          "%s is required, and the column %s may be null. Make its type optional with ?."
              .formatted(full, name));
    }
    boolean own = found.filled() != Filled.NOT;
    var write = found.filled() == Filled.BY_EXPRESSION ? null : held.write();
    if (write == null && !field.traits().readOnly() && !entity.readOnly()) {
      faults.add(
          "%s: the column %s is worked out by the database. Write readOnly: true at the field."
              .formatted(full, name));
    }
    return new AdoptedTable.Column(quoted, held.read(), write, own ? Filling.OWN : Filling.NONE);
  }

  private FieldType type(Field field) {
    return field.type() instanceof FieldType.Reference(var target, _, _, _)
        ? model.entity(target).field("id").type()
        : field.type();
  }

  /// The rows must be told apart by what the model calls their id.
  private void key(Entity entity, Adopted adopted, Catalogue.Table table) {
    if (table.kind() == Catalogue.Kind.VIEW) {
      return; // the database knows no keys of views: the owner says it
    }
    var fields = adopted.composed() ? adopted.key() : List.of("id");
    var columns = fields.stream().map(adopted::column).sorted().toList();
    boolean known =
        columns.equals(table.primaryKey().stream().sorted().toList())
            || table.indexes().uniques().stream()
                .anyMatch(unique -> columns.equals(unique.stream().sorted().toList()));
    if (!known) {
      faults.add(
          "%s: %s is no key of the table %s, so two rows could have one id. Its key is %s."
              .formatted(
                  entity.name(), String.join(", ", columns), table.name(), table.primaryKey()));
    }
  }

  /// Columns that no field holds must have a value all the same, or no row could be created.
  private void left(Entity entity, Adopted adopted, Catalogue.Table table) {
    if (entity.readOnly()) {
      return;
    }
    var held = entity.kept().keySet().stream().map(adopted::column).toList();
    for (var column : table.columns()) {
      if (column.required() == Required.YES
          && column.filled() == Filled.NOT
          && !held.contains(column.name())) {
        faults.add(
            ("%s: the column %s needs a value and no field holds it, so no row could be created."
                    + " Add the field, or write readOnly: true at %s.")
                .formatted(entity.name(), column.name(), entity.name()));
      }
    }
  }

  private AdoptedTable.Column composed(Adopted adopted, Map<String, AdoptedTable.Column> columns) {
    var parts = new ArrayList<String>();
    for (var field : adopted.key()) {
      var column = columns.get(field);
      if (column != null) {
        parts.add(column.read());
      }
    }
    return new AdoptedTable.Column("", words.composed(parts), null, Filling.OWN);
  }

  private AdoptedTable.Column version(Catalogue.Table table) {
    var names = table.columns().stream().map(column -> TableSql.name(column.name())).toList();
    return new AdoptedTable.Column("", words.version(names), null, Filling.OWN);
  }

  private @Nullable String next(Entity entity, Catalogue.Table table) {
    var adopted = entity.adopted();
    if (adopted == null || adopted.composed()) {
      return null;
    }
    return table
        .findColumn(adopted.column("id"))
        .filter(column -> entity.field("id").type() instanceof FieldType.Whole)
        .map(column -> words.next(words.table(table.name()), table, column))
        .orElse(null);
  }
}
