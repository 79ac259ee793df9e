package engineroom.door.graphql.schema;

import static java.util.stream.Collectors.joining;

import engineroom.model.Entity;
import engineroom.model.Field;
import engineroom.model.FieldType;
import engineroom.model.Model;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The names of a model's types and root fields. They are the same for every caller, and come from
/// the model alone; where two would be the same, the later one gets a longer one.
public final class TypeNames {
  private static final Set<String> RESERVED =
      Set.of(
          "Query",
          "Mutation",
          "Subscription",
          "ID",
          "String",
          "Int",
          "Float",
          "Boolean",
          "Long",
          "Decimal",
          "Timestamp",
          "Date",
          "Time",
          "Duration",
          "UUID",
          "JSON",
          "Bytes",
          "Money",
          "Point",
          "MoneyInput",
          "PointInput",
          "Reference",
          "PageInfo",
          "SortDirection",
          "OnConflict",
          "Presence");

  private static final List<String> TIMES =
      List.of("Day", "Moment", "DaySort", "MomentSort", "DayPart", "MomentPart", "GroupBy");

  /// What stands behind the name of an entity in the names of its types.
  private static final List<String> SUFFIXES =
      List.of(
          "",
          "Where",
          "ListWhere",
          "Sort",
          "Connection",
          "Edge",
          "Create",
          "Update",
          "NestedUpdate",
          "Key",
          "Add",
          "Elements",
          "Summary",
          "SummarySort",
          "Having",
          "Group",
          "Groups",
          "GroupSort",
          "Sum",
          "SumHaving",
          "SumSort",
          "Average",
          "AverageHaving",
          "AverageSort",
          "Extreme",
          "ExtremeHaving",
          "ExtremeSort",
          "Distinct",
          "DistinctHaving",
          "DistinctSort",
          "Comparison");

  private static final Set<String> BUILT_IN_STEMS =
      Set.of(
          "Id",
          "Int",
          "Long",
          "Float",
          "Decimal",
          "Text",
          "Boolean",
          "Timestamp",
          "Date",
          "Time",
          "Duration",
          "UUID",
          "Money",
          "Point",
          "Presence",
          "Reference");

  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final Set<String> LITERALS = Set.of("true", "false", "null");

  private final Map<String, String> stems = new HashMap<>();
  private final Map<String, String> enums = new HashMap<>();
  private final Map<String, String> lists = new HashMap<>();
  private final Map<String, String> changed = new HashMap<>();
  private final Map<String, Root> queries = new LinkedHashMap<>();
  private final Map<String, Root> mutations = new LinkedHashMap<>();
  private final Map<Root, String> roots = new HashMap<>();

  public TypeNames(Model model) {
    var taken = new HashSet<>(RESERVED);
    BUILT_IN_STEMS.forEach(stem -> SUFFIXES.forEach(suffix -> taken.add(stem + suffix)));
    taken.addAll(TIMES);
    for (var entity : model.entities().values()) {
      stems.put(entity.name(), stem(entity.name(), taken));
    }
    for (var entity : model.entities().values()) {
      entity.fields().values().forEach(field -> choice(entity, field, taken));
      for (var list : entity.lists().values()) {
        var name = type(entity.name()) + title(list.name()) + "Rows";
        lists.put(entity.name() + "." + list.name(), free(name, taken));
      }
      changed.put(entity.name(), free(title(entity.plural()) + "Changed", taken));
      reads(entity);
      writes(entity);
    }
  }

  private static String stem(String entity, Set<String> taken) {
    var stem = title(entity);
    while (SUFFIXES.stream().map(stem::concat).anyMatch(taken::contains)) {
      stem += "Row";
    }
    SUFFIXES.stream().map(stem::concat).forEach(taken::add);
    return stem;
  }

  private void choice(Entity entity, Field field, Set<String> taken) {
    if (values(field.type()).isEmpty()) {
      return;
    }
    var name = type(entity.name()) + title(field.name());
    while (taken.contains(name) || taken.contains(name + "Where")) {
      name += "Value";
    }
    taken.add(name);
    taken.add(name + "Where");
    enums.put(entity.name() + "." + field.name(), name);
  }

  private static String free(String wanted, Set<String> taken) {
    var name = wanted;
    while (!taken.add(name)) {
      name += "_";
    }
    return name;
  }

  /// The values of a choice, where all of them can be names.
  static List<String> values(FieldType type) {
    return switch (type) {
      case FieldType.ListOf(var element) -> values(element);
      case FieldType.Choice(var values) when values.stream().allMatch(TypeNames::name) -> values;
      case FieldType _ -> List.of();
    };
  }

  private static boolean name(String text) {
    return NAME.matcher(text).matches() && !LITERALS.contains(text) && !text.startsWith("__");
  }

  private void reads(Entity entity) {
    var name = entity.name();
    add(queries, entity.plural(), new Root.Many(name));
    add(queries, entity.plural() + "Page", new Root.Page(name));
    add(queries, name, new Root.One(name));
    for (var key : entity.keys().uniques()) {
      var by = key.stream().map(TypeNames::title).collect(joining("And"));
      add(queries, name + "By" + by, new Root.ByKey(name, key));
    }
    add(queries, entity.plural() + "Summary", new Root.Totals(name));
  }

  private void writes(Entity entity) {
    var name = entity.name();
    var one = title(name);
    var many = title(entity.plural());
    add(mutations, "create" + one, new Root.Write(name, Root.Writing.CREATE));
    add(mutations, "create" + many, new Root.Write(name, Root.Writing.CREATE_MANY));
    add(mutations, "update" + one, new Root.Write(name, Root.Writing.UPDATE));
    add(mutations, "update" + many, new Root.Write(name, Root.Writing.UPDATE_MANY));
    add(mutations, "upsert" + one, new Root.Write(name, Root.Writing.UPSERT));
    add(mutations, "delete" + one, new Root.Write(name, Root.Writing.DELETE));
    add(mutations, "delete" + many, new Root.Write(name, Root.Writing.DELETE_MANY));
  }

  private void add(Map<String, Root> fields, String wanted, Root root) {
    var name = wanted;
    while (fields.containsKey(name)) {
      name += "_";
    }
    fields.put(name, root);
    roots.put(root, name);
  }

  static String title(String name) {
    return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
  }

  /// The type of an entity's rows: `Order`.
  public String type(String entity) {
    var stem = stems.get(entity);
    if (stem == null) {
      throw new IllegalArgumentException("there is no entity " + entity);
    }
    return stem;
  }

  /// The type of a choice, or null where its values are texts.
  @Nullable String choice(Entity entity, Field field) {
    return enums.get(entity.name() + "." + field.name());
  }

  /// The unique keys of an entity by the names they have in requests.
  public static Map<String, List<String>> keys(Entity entity) {
    var keys = new LinkedHashMap<String, List<String>>();
    keys.put("id", List.of("id"));
    for (var key : entity.keys().uniques()) {
      var rest = key.subList(1, key.size()).stream().map(TypeNames::title);
      keys.put(Stream.concat(Stream.of(key.getFirst()), rest).collect(joining("And")), key);
    }
    return keys;
  }

  /// The input that writes the rows of a list.
  String nested(Entity entity, Entity.InverseList list) {
    var name = lists.get(entity.name() + "." + list.name());
    if (name == null) {
      throw new IllegalArgumentException("there is no list " + list);
    }
    return name;
  }

  /// What a write of many rows answers with.
  public String changed(Entity entity) {
    var name = changed.get(entity.name());
    if (name == null) {
      throw new IllegalArgumentException("there is no entity " + entity.name());
    }
    return name;
  }

  /// The name of a root field.
  String field(Root root) {
    var name = roots.get(root);
    if (name == null) {
      throw new IllegalArgumentException("there is no root field for " + root);
    }
    return name;
  }

  /// What a field of `Query` asks for; null for none of the model's.
  public @Nullable Root query(String field) {
    return queries.get(field);
  }

  /// What a field of `Mutation` asks for; null for none of the model's.
  public @Nullable Root mutation(String field) {
    return mutations.get(field);
  }

  Map<String, Root> queries() {
    return queries;
  }

  Map<String, Root> mutations() {
    return mutations;
  }
}
