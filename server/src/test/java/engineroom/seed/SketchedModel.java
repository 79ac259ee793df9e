package engineroom.seed;

import engineroom.expression.Expression;
import engineroom.model.Entity;
import engineroom.model.Entity.InverseList;
import engineroom.model.Field;
import engineroom.model.FieldType;
import engineroom.model.Model;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A model in a few lines: `product: sku text unique, price money, category category?`.
public final class SketchedModel {
  private SketchedModel() {}

  public static Model of(String... entities) {
    var fields = new LinkedHashMap<String, Map<String, Field>>();
    var uniques = new LinkedHashMap<String, List<List<String>>>();
    var lists = new LinkedHashMap<String, Map<String, InverseList>>();
    for (var text : entities) {
      var name = text.substring(0, text.indexOf(':'));
      var own = new LinkedHashMap<String, Field>();
      own.put("id", Field.of("id", FieldType.Plain.UUID));
      own.put("version", Field.of("version", new FieldType.Whole(1L, null)));
      own.put("createdAt", Field.of("createdAt", FieldType.Plain.TIMESTAMP));
      own.put("updatedAt", Field.of("updatedAt", FieldType.Plain.TIMESTAMP));
      fields.put(name, own);
      uniques.put(name, new ArrayList<>());
      lists.computeIfAbsent(name, _ -> new LinkedHashMap<>());
      for (var part : text.substring(text.indexOf(':') + 1).trim().split(", ", -1)) {
        var words = part.split(" ", -1);
        boolean optional = words[1].endsWith("?");
        var type = type(name, words[1].replace("?", ""));
        own.put(words[0], field(words[0], type, optional));
        if (part.endsWith(" unique")) {
          uniques.computeIfAbsent(name, _ -> new ArrayList<>()).add(List.of(words[0]));
        }
        if (type instanceof FieldType.Reference(var target, var inverse, _, var owned)) {
          lists
              .computeIfAbsent(target, _ -> new LinkedHashMap<>())
              .put(inverse, new InverseList(inverse, name, words[0], owned));
        }
      }
    }
    var made = new LinkedHashMap<String, Entity>();
    fields.forEach(
        (name, own) ->
            made.put(
                name,
                new Entity(
                    name,
                    name + "s",
                    own,
                    lists.getOrDefault(name, Map.of()),
                    new Entity.Keys(uniques.getOrDefault(name, List.of()), List.of(), List.of()),
                    Entity.Access.EVERYBODY,
                    Entity.Notes.NONE)));
    return new Model("Sketch", "memory:", Map.of("staff", Set.of("staff")), made);
  }

  private static Field field(String name, FieldType type, boolean optional) {
    return new Field(
        name,
        type,
        !optional,
        Field.Traits.NONE,
        new Field.Filling(null, name.equals("set") ? Expression.TRUE : null),
        Field.FieldAccess.OPEN,
        Field.Notes.NONE);
  }

  private static FieldType type(String entity, String word) {
    return switch (word) {
      case "text" -> FieldType.Text.PLAIN;
      case "email" -> new FieldType.Text(FieldType.Format.EMAIL, null, 100, null, true, null);
      case "integer" -> new FieldType.Whole(0L, 1_000_000_000L);
      case "decimal" -> new FieldType.Decimal(9, 3, null, null);
      case "number" -> new FieldType.Number(null, null);
      case "money" -> new FieldType.Money("EUR", 0L, null);
      case "texts" -> new FieldType.ListOf(FieldType.Text.PLAIN);
      case "json" -> new FieldType.Json(null);
      case "choice" -> new FieldType.Choice(List.of("draft", "active"));
      case String other -> plainOrReference(entity, other);
    };
  }

  private static FieldType plainOrReference(String entity, String word) {
    for (var plain : FieldType.Plain.values()) {
      if (plain.name().equalsIgnoreCase(word)) {
        return plain;
      }
    }
    boolean owned = word.startsWith("+");
    return new FieldType.Reference(
        owned ? word.substring(1) : word, entity + "s", FieldType.OnDelete.RESTRICT, owned);
  }
}
