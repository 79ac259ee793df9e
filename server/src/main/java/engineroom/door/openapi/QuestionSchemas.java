package engineroom.door.openapi;

import engineroom.json.Json;
import engineroom.model.Entity;
import engineroom.model.Entity.InverseList;
import engineroom.model.Field;
import engineroom.model.FieldType;
import java.util.ArrayList;
import java.util.List;

/// The schemas of what can be asked of one entity's rows: operators as parameters, conditions and
/// queries as JSON, and the names that a request may use.
final class QuestionSchemas {
  private static final String NAMES = "(\\.[A-Za-z]\\w*)";

  private final EntitySchemas entities;
  private final SharedParts shared;

  QuestionSchemas(EntitySchemas entities, SharedParts shared) {
    this.entities = entities;
    this.shared = shared;
  }

  /// Adds all of an entity that the caller may read.
  void addTo(Draft schemas, Entity entity) {
    var title = OpenApiDocument.title(entity.name());
    schemas
        .put(title + ".operators", operators(entity))
        .put(title + ".where", where(entity))
        .put(title + ".query", query(entity, title));
  }

  /// `price.gte`, and every path further on through references, lists and parts of values.
  private Json operators(Entity entity) {
    var keys = new Draft();
    if (entities.searchable(entity)) {
      keys.put("search", Draft.of("type", "string"));
    }
    for (var field : entities.readable(entity)) {
      operators(keys, field.name(), field.type());
      if (field.type() instanceof FieldType.Reference(var to, _, _, _) && searched(entity, to)) {
        keys.put(field.name() + ".search", Draft.of("type", "string"));
      }
      if (field.traits().search() && !(field.type() instanceof FieldType.Reference)) {
        keys.put(field.name() + ".search", Draft.of("type", "string"));
      }
    }
    var object = FieldSchemas.object(keys);
    var further = further(entity);
    if (!further.isEmpty()) {
      var paths = "^(" + String.join("|", further) + ")" + NAMES + "+$";
      object.put("patternProperties", new Draft().put(paths, Draft.of("type", "string")));
    }
    return object.json();
  }

  private void operators(Draft keys, String name, FieldType type) {
    for (var operator : Operators.of(type)) {
      keys.put(name + "." + operator, Operators.parameter(operator, one(type, operator)));
    }
    if (Operators.equality(type)) {
      keys.put(name + ".eq", one(type, "eq"));
    }
    Operators.parts(type)
        .forEach(
            (part, of) -> {
              keys.put(name + "." + part, one(of, "eq"));
              operators(keys, name + "." + part, of);
            });
  }

  private boolean searched(Entity entity, String reference) {
    var to = entities.references(entity).get(reference);
    return to != null && entities.searchable(to);
  }

  private List<String> further(Entity entity) {
    var names = new ArrayList<>(entities.references(entity).keySet());
    entities.lists(entity).forEach(list -> names.add(list.name()));
    return names;
  }

  /// One value that a field is compared with.
  Json one(FieldType type, String operator) {
    var compared = Operators.compared(type, operator);
    return compared instanceof FieldType.Reference(var to, _, _, _)
        ? entities.fields().id(to)
        : entities.fields().value(compared);
  }

  /// The JSON spelling of a condition.
  private Json where(Entity entity) {
    var self = Draft.ref("schemas", OpenApiDocument.title(entity.name()) + ".where");
    var several = Draft.of("type", "array").put("items", self);
    var members = new Draft().put("and", several).put("or", several).put("not", self);
    if (entities.searchable(entity)) {
      members.put("search", Draft.of("type", "string"));
    }
    var id = one(entity.field("id").type(), "eq");
    for (var operator : List.of("eq", "ne", "in", "notIn")) {
      members.put(operator, Operators.body(operator, id));
    }
    members.put("isNull", Draft.of("type", "boolean"));
    for (var field : entities.readable(entity)) {
      members.put(field.name(), condition(entity, field));
    }
    for (var list : entities.lists(entity)) {
      members.put(list.name(), rows(list));
    }
    return FieldSchemas.object(members).json();
  }

  private Json condition(Entity entity, Field field) {
    var to = entities.references(entity).get(field.name());
    if (to != null) {
      var of = Draft.ref("schemas", OpenApiDocument.title(to.name()) + ".where");
      return FieldSchemas.anyOf(of, FieldSchemas.orNull(one(field.type(), "eq")));
    }
    return condition(field.type(), field.traits().search());
  }

  private Json condition(FieldType type, boolean search) {
    var operators = new Draft();
    if (Operators.equality(type)) {
      operators.put("eq", FieldSchemas.orNull(one(type, "eq")));
    }
    for (var operator : Operators.of(type)) {
      operators.put(operator, Operators.body(operator, one(type, operator)));
    }
    if (search) {
      operators.put("search", Draft.of("type", "string"));
    }
    Operators.parts(type).forEach((part, of) -> operators.put(part, condition(of, false)));
    operators.put("not", new Draft());
    var object = FieldSchemas.object(operators).put("minProperties", 1).json();
    return Operators.equality(type)
        ? FieldSchemas.anyOf(FieldSchemas.orNull(one(type, "eq")), object)
        : object;
  }

  private Json rows(InverseList list) {
    var of = Draft.ref("schemas", OpenApiDocument.title(list.entity()) + ".where");
    var quantified =
        FieldSchemas.object(new Draft().put("some", of).put("every", of).put("none", of))
            .put("minProperties", 1)
            .json();
    return FieldSchemas.anyOf(quantified, of);
  }

  private Json query(Entity entity, String title) {
    var where = Draft.ref("schemas", title + ".where");
    var expand = new Draft();
    for (var name : expandable(entity)) {
      expand.put(name, new Draft().put("type", Draft.texts(List.of("object", "boolean"))));
    }
    var options =
        FieldSchemas.object(expand).put("description", "limit, sort, where, fields, expand.");
    return FieldSchemas.object(
            new Draft()
                .put("where", where)
                .put("sort", sort(entity))
                .put("fields", fields(entity))
                .put("expand", FieldSchemas.anyOf(expand(entity), options.json()))
                .put("limit", shared.limit())
                .put("offset", SharedParts.offset())
                .put("after", Draft.of("type", "string"))
                .put("count", SharedParts.count()))
        .json();
  }

  /// The names of fields, and of those that a reference or a list leads to.
  Json fields(Entity entity) {
    var names = entities.readable(entity).stream().map(Field::name).toList();
    return list(names, further(entity), "", "*");
  }

  /// The names of references and lists.
  Json expand(Entity entity) {
    return list(List.of(), expandable(entity), "", "*");
  }

  /// The names of references and lists, which can be shown in full.
  List<String> expandable(Entity entity) {
    return further(entity);
  }

  /// Keys of an order: a minus turns one around.
  Json sort(Entity entity) {
    var keys = new ArrayList<String>();
    for (var name : orderable(entity)) {
      keys.add(name);
      keys.add("-" + name);
    }
    return list(keys, List.copyOf(entities.references(entity).keySet()), "-?", "+");
  }

  /// What a summary groups by: fields, and parts of times.
  Json groups(Entity entity) {
    var names = new ArrayList<String>(orderable(entity));
    for (var field : entities.readable(entity)) {
      var parts = parts(field.type());
      parts.forEach(part -> names.add(part + "(" + field.name() + ")"));
    }
    var paths = List.copyOf(entities.references(entity).keySet());
    return paths.isEmpty()
        ? list(names, paths, "", "+")
        : list(names, paths, "((year|month|week|day|hour)\\()?", "+\\)?");
  }

  private static List<String> parts(FieldType type) {
    if (type == FieldType.Plain.TIMESTAMP) {
      return List.of("year", "month", "week", "day", "hour");
    }
    return type == FieldType.Plain.DATE ? List.of("year", "month", "week", "day") : List.of();
  }

  /// What a summary measures.
  Json measured(Entity entity) {
    var paths = List.copyOf(entities.references(entity).keySet());
    return list(orderable(entity), paths, "", "+");
  }

  private List<String> orderable(Entity entity) {
    var names = new ArrayList<String>();
    for (var field : entities.readable(entity)) {
      if (Operators.ordered(field.type())) {
        names.add(field.name());
      }
      Operators.parts(field.type()).keySet().forEach(part -> names.add(field.name() + "." + part));
    }
    return names;
  }

  /// An array of known names, or of paths that begin with a reference or a list.
  private static Json list(List<String> names, List<String> paths, String before, String times) {
    var known = Draft.of("type", "string").put("enum", Draft.texts(names)).json();
    var pattern = "^" + before + "(" + String.join("|", paths) + ")" + NAMES + times + "$";
    var further = Draft.of("type", "string").put("pattern", pattern).json();
    var item =
        paths.isEmpty() ? known : names.isEmpty() ? further : FieldSchemas.anyOf(known, further);
    return Draft.of("type", "array").put("items", item).json();
  }
}
