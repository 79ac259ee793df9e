package engineroom.adopt;

import engineroom.stores.adopt.Catalogue.Column;
import engineroom.stores.adopt.Catalogue.Filled;
import engineroom.stores.adopt.Catalogue.ForeignKey;
import engineroom.stores.adopt.Catalogue.Kind;
import engineroom.stores.adopt.Catalogue.Required;
import engineroom.stores.adopt.Catalogue.Table;
import engineroom.stores.adopt.Findings;
import engineroom.stores.adopt.Served;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Decides as what the tables of a database are served, and tells what can't be.
public final class Adoption {
  /// Types that a part of an id can have.
  private static final Set<String> OF_KEYS = Set.of("integer", "text", "uuid");

  private final Findings found;
  private final Map<String, Draft> drafts = new LinkedHashMap<>();
  private final List<String> report = new ArrayList<>();
  private final Set<String> names = new HashSet<>(Set.of("user"));
  private final Set<String> plurals = new HashSet<>(Set.of("users"));

  private final Words words;

  private Adoption(Findings found, Words words) {
    this.found = found;
    this.words = words;
  }

  /// Names that have a meaning already.
  ///
  /// @param entities what no entity can be called
  /// @param fields what no field can be called
  public record Words(Set<String> entities, Set<String> fields) {
    public Words {
      entities = Set.copyOf(entities);
      fields = Set.copyOf(fields);
    }
  }

  /// The files of an app, and what is to be told.
  ///
  /// @param files texts by path
  /// @param entities their names
  /// @param report what is not served, or otherwise than the database has it
  public record App(Map<String, String> files, List<String> entities, List<String> report) {
    public App {
      entities = List.copyOf(entities);
      report = List.copyOf(report);
    }
  }

  /// An app that serves what was found.
  ///
  /// @param store where the program's own rows go, as the model says it
  public static App of(Findings found, Words words, String name, String store) {
    var adoption = new Adoption(found, words);
    for (var word : words.entities()) {
      adoption.names.add(word.toLowerCase(Locale.ROOT));
      adoption.plurals.add(word.toLowerCase(Locale.ROOT));
    }
    adoption.decide();
    var drafts = List.copyOf(adoption.drafts.values());
    var files = new LinkedHashMap<String, String>();
    files.put("engineroom.yaml", AppWriter.head(name, store));
    files.put("model/adopted.yaml", AppWriter.entities(drafts));
    files.put(".gitignore", "data/\n");
    files.put("ADOPTED.md", text(adoption.report));
    return new App(files, drafts.stream().map(draft -> draft.name).toList(), adoption.report);
  }

  private static String text(List<String> report) {
    var text = new StringBuilder("# What is not served as the database has it\n\n");
    report.forEach(line -> text.append("- ").append(line).append('\n'));
    return report.isEmpty() ? text.append("Nothing.\n").toString() : text.toString();
  }

  private void decide() {
    for (var table : found.catalogue().tables()) {
      if (keyed(table)) {
        var name = Naming.free(Naming.entity(table.shortName()), "Row", names);
        var plural = Naming.free(Naming.plural(name), "Rows", plurals);
        drafts.put(table.name(), new Draft(name, plural, table.name()));
      }
    }
    for (var table : found.catalogue().tables()) {
      var draft = drafts.get(table.name());
      if (draft != null) {
        fill(table, draft);
      }
    }
  }

  private void tell(String place, String what) {
    report.add("`" + place + "`: " + what);
  }

  /// Whether its rows can be told apart by what a path can name.
  private boolean keyed(Table table) {
    if (table.kind() == Kind.VIEW) {
      tell(
          table.name(),
          "a view has no key, so its rows can't be told apart. Declare it by hand with readOnly:"
              + " true, and name in key the fields that no two rows share.");
      return false;
    }
    var key = key(table);
    if (key.isEmpty()) {
      tell(table.name(), "it has no primary key, so its rows can't be told apart.");
      return false;
    }
    for (var column : key) {
      if (!(found.served(table, column) instanceof Served.As(var type, _))
          || !OF_KEYS.contains(type)) {
        tell(
            table.name(), "the column " + column + " of its key is no text, whole number or uuid.");
        return false;
      }
    }
    return true;
  }

  /// The columns that tell its rows apart: the primary key, or a unique that is never null.
  private static List<String> key(Table table) {
    if (!table.primaryKey().isEmpty()) {
      return table.primaryKey();
    }
    return table.indexes().uniques().stream()
        .filter(unique -> unique.stream().allMatch(column -> required(table, column)))
        .findFirst()
        .orElse(List.of());
  }

  private static boolean required(Table table, String column) {
    return table.findColumn(column).filter(found -> found.required() == Required.YES).isPresent();
  }

  private void fill(Table table, Draft draft) {
    draft.description = table.comment();
    var key = key(table);
    boolean alone = key.size() == 1 && reference(table, key.getFirst()) == null;
    var taken = new HashSet<>(Set.of("id", "version", "createdat", "updatedat"));
    for (var column : table.columns()) {
      if (alone && column.name().equals(key.getFirst())) {
        id(table, draft, column);
      } else {
        field(table, draft, column, taken);
      }
    }
    if (!alone) {
      key.forEach(column -> draft.key.add(fieldOf(draft, column)));
    }
    keys(draft, table.indexes().uniques(), draft.uniques);
    keys(draft, table.indexes().others(), draft.indexes);
    table.checks().forEach(check -> tell(table.name(), "the database alone keeps CHECK " + check));
    inverses(draft);
    if (!draft.readOnly) {
      unwritable(table, draft);
    }
  }

  private static String fieldOf(Draft draft, String column) {
    return draft.fieldOf.getOrDefault(column, column);
  }

  private void id(Table table, Draft draft, Column column) {
    if (found.served(table, column.name()) instanceof Served.As(var type, var options)) {
      draft.field("id", column.name(), type).putAll(options);
    }
  }

  private void field(Table table, Draft draft, Column column, Set<String> taken) {
    var place = table.name() + "." + column.name();
    switch (found.served(table, column.name())) {
      case Served.Not(var reason) -> tell(place, "the column is left out: " + reason + ".");
      case Served.As(var type, var options) -> {
        var link = reference(table, column.name());
        var target = link == null ? null : drafts.get(link.table());
        var wanted = target == null ? Naming.field(column.name()) : Naming.reference(column.name());
        var name =
            Naming.free(
                words.fields().contains(wanted) ? wanted + "Value" : wanted, "Column", taken);
        var optional = column.required() == Required.NO ? "?" : "";
        var field =
            draft.field(name, column.name(), (target == null ? type : target.name) + optional);
        if (target == null) {
          field.putAll(options);
        } else if (link != null && !link.onDelete().equals("restrict")) {
          field.put("onDelete", link.onDelete());
        }
        if (column.comment() != null) {
          field.put("description", column.comment());
        }
        if (!key(table).contains(column.name())) {
          filled(place, column, field);
        }
      }
    }
  }

  private void filled(String place, Column column, Map<String, Object> field) {
    var told =
        switch (column.filled()) {
          case NOT -> null;
          case BY_COUNTING -> "left out or null, it is counted by the database.";
          case BY_EXPRESSION -> "the database works it out, so it is only read.";
          case BY_DEFAULT ->
              "left out or null, it takes the database's default " + column.initial() + ".";
        };
    if (told != null) {
      field.put("type", optional(String.valueOf(field.get("type"))));
      tell(place, told);
    }
    if (column.filled() == Filled.BY_EXPRESSION) {
      field.put("readOnly", true);
    }
  }

  private static String optional(String type) {
    return type.endsWith("?") ? type : type + "?";
  }

  /// What a column refers to, where a reference can be made of it.
  private @Nullable ForeignKey reference(Table table, String column) {
    for (var foreign : table.foreignKeys()) {
      if (foreign.columns().equals(List.of(column))) {
        var target = found.catalogue().findTable(foreign.table()).orElse(null);
        if (target != null && refersToId(target, foreign) && drafts.containsKey(target.name())) {
          return foreign;
        }
      }
    }
    return null;
  }

  private boolean refersToId(Table target, ForeignKey foreign) {
    var key = key(target);
    boolean own = key.size() == 1 && foreignKey(target, key.getFirst()) == null;
    return own && (foreign.target().isEmpty() || foreign.target().equals(key));
  }

  private static @Nullable ForeignKey foreignKey(Table table, String column) {
    for (var foreign : table.foreignKeys()) {
      if (foreign.columns().equals(List.of(column))) {
        return foreign;
      }
    }
    return null;
  }

  private static void keys(Draft draft, List<List<String>> columns, List<List<String>> keys) {
    for (var list : columns) {
      if (draft.fieldOf.keySet().containsAll(list)) {
        var fields = list.stream().map(draft.fieldOf::get).toList();
        if (!keys.contains(fields) && !fields.equals(List.of("id"))) {
          keys.add(fields);
        }
      }
    }
  }

  /// Names the lists on the other side where several references lead there.
  private void inverses(Draft draft) {
    var seen = new HashSet<String>();
    draft.fields.forEach(
        (name, options) -> {
          var type = String.valueOf(options.get("type")).replace("?", "");
          boolean refers = drafts.values().stream().anyMatch(other -> other.name.equals(type));
          if (refers && !seen.add(type)) {
            var by = Character.toUpperCase(name.charAt(0)) + name.substring(1);
            options.put("inverse", draft.plural + "By" + by);
          }
        });
  }

  /// Rows can't be created where a column needs a value that no field gives it.
  private void unwritable(Table table, Draft draft) {
    for (var column : table.columns()) {
      if (!draft.fieldOf.containsKey(column.name())
          && column.required() == Required.YES
          && column.filled() == Filled.NOT) {
        draft.readOnly = true;
        tell(table.name(), "rows are only read: " + column.name() + " needs a value.");
      }
    }
  }
}
