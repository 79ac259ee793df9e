package engineroom.model;

import engineroom.model.Entity.InverseList;
import engineroom.model.Entity.Keys;
import engineroom.model.FieldType.Choice;
import engineroom.model.FieldType.ListOf;
import engineroom.model.FieldType.OnDelete;
import engineroom.model.FieldType.Reference;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a store keeps of entities with a history, as entities of its own.
///
/// Beside `product` there is `product__past`, a table with one row for each version of a product
/// and without the limits of the present, and `product__then`, no table but how a read names those
/// versions: with the row's id as their id, and with references that lead to the versions of other
/// rows. The names can't be an owner's, and no door shows them.
public final class History {
  /// The id of the row that a version is of.
  public static final String ROW = "kept__row";

  /// When a version began.
  public static final String FROM = "kept__from";

  /// When a version ended; null for the last one.
  public static final String UNTIL = "kept__until";

  /// What brought a version about: `create`, `update` or `delete`.
  public static final String KIND = "kept__kind";

  /// Who brought it about.
  public static final String BY = "kept__by";

  /// In which request.
  public static final String REQUEST = "kept__request";

  /// The row as it is today, seen from a version of it.
  public static final String NOW = "kept__now";

  /// The last version of the row, seen from a version of it.
  public static final String LAST = "kept__last";

  private static final String PAST = "__past";
  private static final String ENDING = "__last";
  private static final String THEN = "__then";

  private History() {}

  /// The name of the table of an entity's versions.
  public static String past(String entity) {
    return entity + PAST;
  }

  /// The name by which a read asks for an entity's versions.
  public static String then(String entity) {
    return entity + THEN;
  }

  /// The name by which a read asks for the last version of each row.
  public static String last(String entity) {
    return entity + ENDING;
  }

  public static boolean isLast(String entity) {
    return entity.endsWith(ENDING);
  }

  /// Whether a read names versions by this.
  public static boolean isVersions(String entity) {
    return isThen(entity) || isLast(entity);
  }

  /// Whether this stands for the id of the row that a version is of.
  public static boolean isRow(String field) {
    return field.equals("id") || field.equals(NOW) || field.equals(LAST);
  }

  public static boolean isPast(String entity) {
    return entity.endsWith(PAST);
  }

  public static boolean isThen(String entity) {
    return entity.endsWith(THEN);
  }

  /// The entity itself, by its own name or by one of its versions.
  public static String present(String entity) {
    return isPast(entity) || isVersions(entity)
        ? entity.substring(0, entity.lastIndexOf("__"))
        : entity;
  }

  /// Whether versions of an entity are kept.
  public static boolean keeps(Model model, String entity) {
    return model.findEntity(entity).filter(found -> found.life().history()).isPresent();
  }

  /// Everything that has a table: the model's entities and their versions.
  public static Model stored(Model model) {
    var entities = new LinkedHashMap<>(model.entities());
    for (var entity : model.entities().values()) {
      if (entity.life().history()) {
        entities.put(past(entity.name()), pastOf(model, entity));
      }
    }
    return with(model, entities);
  }

  /// Everything that a read may name.
  public static Model readable(Model model) {
    var stored = stored(model);
    var entities = new LinkedHashMap<>(stored.entities());
    for (var entity : model.entities().values()) {
      if (entity.life().history()) {
        entities.put(then(entity.name()), thenOf(model, entity));
        entities.put(last(entity.name()), lastOf(entity));
      }
    }
    return with(model, entities);
  }

  private static Model with(Model model, Map<String, Entity> entities) {
    return new Model(model.name(), model.store(), model.roles(), model.terms(), entities);
  }

  private static Entity pastOf(Model model, Entity entity) {
    var fields = new LinkedHashMap<String, Field>();
    put(fields, Field.of("id", FieldType.Text.PLAIN));
    for (var field : kept(entity)) {
      if (!field.name().equals("id")) {
        put(fields, loose(model, field));
      }
    }
    put(fields, Field.of(ROW, unlimited(entity.field("id").type())));
    put(fields, Field.of(FROM, FieldType.Plain.TIMESTAMP));
    put(fields, optional(Field.of(UNTIL, FieldType.Plain.TIMESTAMP)));
    List.of(KIND, BY, REQUEST).forEach(name -> put(fields, Field.of(name, FieldType.Text.PLAIN)));
    var was = entity.notes().was();
    return new Entity(
        past(entity.name()),
        past(entity.name()),
        fields,
        Map.of(),
        new Keys(List.of(), List.of(List.of(ROW, FROM)), List.of()),
        Entity.Access.NOBODY,
        new Entity.Notes(null, null, was == null ? null : past(was), /* changes= */ false));
  }

  private static Entity thenOf(Model model, Entity entity) {
    var fields = new LinkedHashMap<String, Field>();
    for (var field : kept(entity)) {
      put(fields, optional(Entity.SYSTEM.contains(field.name()) ? field : then(model, field)));
    }
    put(fields, Field.of(ROW, unlimited(entity.field("id").type())));
    put(fields, Field.of(FROM, FieldType.Plain.TIMESTAMP));
    put(fields, optional(Field.of(UNTIL, FieldType.Plain.TIMESTAMP)));
    List.of(KIND, BY).forEach(name -> put(fields, Field.of(name, FieldType.Text.PLAIN)));
    put(fields, Field.of(NOW, new Reference(entity.name(), NOW, OnDelete.RESTRICT, false)));
    var last = new Reference(last(entity.name()), LAST, OnDelete.RESTRICT, false);
    put(fields, Field.of(LAST, last));
    return versions(then(entity.name()), fields, lists(model, entity));
  }

  private static Entity lastOf(Entity entity) {
    var fields = new LinkedHashMap<String, Field>();
    kept(entity).forEach(field -> put(fields, optional(field)));
    return versions(last(entity.name()), fields, entity.lists());
  }

  private static Entity versions(
      String name, Map<String, Field> fields, Map<String, InverseList> lists) {
    return new Entity(
        name, name, fields, lists, Keys.NONE, Entity.Access.NOBODY, Entity.Notes.NONE);
  }

  /// The fields whose values stay: a secret is not kept longer than its row.
  private static List<Field> kept(Entity entity) {
    return entity.kept().values().stream().filter(field -> !field.secret()).toList();
  }

  private static void put(Map<String, Field> fields, Field field) {
    fields.put(field.name(), field);
  }

  /// A field that takes every value the present one ever took.
  private static Field loose(Model model, Field field) {
    var type =
        field.type() instanceof Reference reference
            ? model.entity(reference.entity()).field("id").type()
            : field.type();
    return new Field(
        field.name(),
        unlimited(type),
        /* required= */ false,
        Field.Traits.NONE,
        Field.Filling.NONE,
        Field.FieldAccess.OPEN,
        new Field.Notes(null, null, field.notes().was(), field.notes().wasValues(), null));
  }

  private static FieldType unlimited(FieldType type) {
    return switch (type) {
      case FieldType.Text text ->
          new FieldType.Text(FieldType.Format.PLAIN, null, null, null, text.ignoreCase(), null);
      case FieldType.Whole _ -> new FieldType.Whole(null, null);
      case FieldType.Decimal(_, var scale, _, _) -> new FieldType.Decimal(18, scale, null, null);
      case FieldType.Number _ -> new FieldType.Number(null, null);
      case FieldType.Money(var currency, _, _) -> new FieldType.Money(currency, null, null);
      case FieldType.Json _ -> new FieldType.Json(null);
      case FieldType.Bytes _ -> new FieldType.Bytes(null);
      case ListOf(var element) -> new ListOf(unlimited(element));
      case FieldType.Plain _, Choice _, Reference _ -> type;
    };
  }

  private static Field optional(Field field) {
    return new Field(
        field.name(),
        field.type(),
        /* required= */ field.name().equals("id") || field.name().equals("version"),
        Field.Traits.NONE,
        field.filling(),
        field.access(),
        field.notes());
  }

  private static Field then(Model model, Field field) {
    if (!(field.type() instanceof Reference(var target, var inverse, var onDelete, var owned))
        || !keeps(model, target)) {
      return field;
    }
    return new Field(
        field.name(),
        new Reference(then(target), inverse, onDelete, owned),
        field.required(),
        field.traits(),
        field.filling(),
        field.access(),
        field.notes());
  }

  private static Map<String, InverseList> lists(Model model, Entity entity) {
    var lists = new LinkedHashMap<String, InverseList>();
    for (var list : entity.lists().values()) {
      var rows = keeps(model, list.entity()) ? then(list.entity()) : list.entity();
      lists.put(list.name(), new InverseList(list.name(), rows, list.field(), list.owned()));
    }
    return lists;
  }
}
