package engineroom.stores.sqlite;

import engineroom.data.Value;
import engineroom.expression.Expression.Literal;
import engineroom.model.Entity;
import engineroom.model.Field;
import engineroom.model.Model;
import engineroom.problem.Violation;
import engineroom.stores.sql.Codec;
import engineroom.stores.sql.Form;
import engineroom.stores.sql.TableNames;
import engineroom.stores.sql.TableSql;
import engineroom.stores.sqlite.Migration.Step;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// How one entity of the model differs from what the database recorded of it.
final class EntityDifference {
  private static final String FIELD = "field ";
  private static final String LIMIT = "limit ";
  private static final String INDEX = "index ";
  private static final String SEARCH = "search";

  private final Model model;
  private final Entity entity;
  private final TableSql table;
  private final Map<String, String> before;
  private final Map<String, String> parts = new LinkedHashMap<>();
  private final List<Step> steps = new ArrayList<>();
  private final List<Violation> refused = new ArrayList<>();
  private boolean rebuild;

  EntityDifference(Model model, Entity entity, TableSql table, Map<String, String> before) {
    this.model = model;
    this.entity = entity;
    this.table = table;
    this.before = before;
    describe();
    if (before.isEmpty()) {
      create();
    } else {
      compare();
    }
  }

  /// What is recorded of the entity from now on.
  Map<String, String> parts() {
    return parts;
  }

  List<Step> steps() {
    return steps;
  }

  List<Violation> refused() {
    return refused;
  }

  private void describe() {
    for (var field : entity.fields().values()) {
      parts.put(
          FIELD + field.name(), (field.required() ? "required " : "optional ") + table.type(field));
      table
          .limits(field)
          .forEach((kind, limit) -> parts.put(LIMIT + field.name() + " " + kind, limit));
    }
    table.indexes().forEach((name, index) -> parts.put(INDEX + name, index.toString()));
    var searched = TableNames.searched(entity);
    if (!searched.isEmpty()) {
      parts.put(SEARCH, String.join(",", searched));
    }
  }

  private void create() {
    var sql = new ArrayList<String>();
    sql.add(table.create(entity.name()));
    table.indexes().forEach((name, index) -> sql.add(table.create(name, index)));
    sql.addAll(searched());
    steps.add(new Step("create " + entity.name(), sql));
  }

  private List<String> searched() {
    return TableNames.searched(entity).isEmpty() ? List.of() : table.search();
  }

  private void compare() {
    for (var field : entity.fields().values()) {
      var old = before.get(FIELD + field.name());
      if (old == null) {
        added(field);
      } else {
        changed(field, old);
      }
    }
    before.keySet().stream()
        .filter(part -> part.startsWith(FIELD) && !parts.containsKey(part))
        .forEach(part -> gone(part.substring(FIELD.length())));
    if (rebuild) {
      steps.add(new Step("rebuild " + entity.name() + " with wider limits", table.rebuild()));
    }
    indexes();
    if (rebuild || !java.util.Objects.equals(before.get(SEARCH), parts.get(SEARCH))) {
      steps.add(new Step("index the words of " + entity.name(), table.search()));
    }
  }

  private void added(Field field) {
    var initial = field.filling().initial() instanceof Literal(var value, _) ? value : Value.NULL;
    if (field.required() && initial instanceof Value.Null) {
      refuse(
          field.name(),
          "required",
          "is new and required, and has no default for the rows that are there");
      return;
    }
    var form = Form.of(model, field.type());
    var constants = new ArrayList<String>();
    for (var part = 0; !(initial instanceof Value.Null) && part < form.parts(); part++) {
      constants.add(TableSql.constant(Codec.encode(form, part, initial)));
    }
    steps.add(new Step("add " + entity.name() + "." + field.name(), table.add(field, constants)));
  }

  private void changed(Field field, String old) {
    var now = parts.getOrDefault(FIELD + field.name(), "");
    if (!type(old).equals(type(now))) {
      refuse(
          field.name(), "convert", "was " + type(old) + " and would have to become " + type(now));
      return;
    }
    if (!old.equals(now) && field.required()) {
      refuse(field.name(), "narrow", "was optional and would have to become required");
    }
    rebuild |= !old.equals(now);
    var limits = table.limits(field);
    for (var kind : List.of("min", "max", "values")) {
      limit(field, kind, before.get(LIMIT + field.name() + " " + kind), limits.get(kind));
    }
  }

  private static String type(String part) {
    return part.substring(part.indexOf(' ') + 1);
  }

  private void limit(Field field, String kind, @Nullable String old, @Nullable String now) {
    if (java.util.Objects.equals(old, now)) {
      return;
    }
    if (now != null && (old == null || !wider(kind, old, now))) {
      refuse(
          field.name(),
          "narrow",
          "would have its " + kind + " narrowed to " + now.replace("\n", ", "));
    }
    rebuild = true;
  }

  private static boolean wider(String kind, String old, String now) {
    return switch (kind) {
      case "min" -> new BigDecimal(now).compareTo(new BigDecimal(old)) <= 0;
      case "max" -> new BigDecimal(now).compareTo(new BigDecimal(old)) >= 0;
      default -> now.lines().collect(Collectors.toSet()).containsAll(old.lines().toList());
    };
  }

  private void gone(String name) {
    var now =
        entity.fields().values().stream().filter(f -> name.equals(f.notes().was())).findFirst();
    if (now.isPresent()) {
      refuse(
          name,
          "rename",
          "was renamed to " + now.get().name() + "; its column would have to be renamed");
    } else {
      refuse(name, "drop", "is not in the model any more; its values would be lost");
    }
  }

  private void refuse(String field, String code, String message) {
    refused.add(new Violation(entity.name() + "." + field, code, message));
  }

  private void indexes() {
    before.keySet().stream()
        .filter(part -> part.startsWith(INDEX) && !rebuild && !parts.containsKey(part))
        .map(part -> part.substring(INDEX.length()))
        .forEach(
            name ->
                steps.add(new Step("drop index " + name, List.of("DROP INDEX \"" + name + "\""))));
    table
        .indexes()
        .forEach(
            (name, index) -> {
              if (rebuild || !index.toString().equals(before.get(INDEX + name))) {
                steps.add(
                    new Step(
                        entity.name() + "." + String.join(",", index.columns()),
                        List.of(table.create(name, index))));
              }
            });
  }
}
