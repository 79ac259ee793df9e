package engineroom.modelfile;

import engineroom.model.Entity;
import engineroom.model.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// What changed from one model to the next, a line each, for people.
public final class ModelDifference {
  private ModelDifference() {}

  /// `+ product.weight`, `- product.size`, `~ product access`.
  public static List<String> between(Model before, Model after) {
    var lines = new ArrayList<String>();
    compare(before.entities(), after.entities(), "", lines);
    for (var entity : after.entities().values()) {
      var old = before.entities().get(entity.name());
      if (old != null) {
        compare(entity, old, lines);
      }
    }
    if (!before.roles().equals(after.roles())) {
      lines.add("~ roles");
    }
    return lines;
  }

  private static void compare(Entity entity, Entity old, List<String> lines) {
    var prefix = entity.name() + ".";
    compare(old.fields(), entity.fields(), prefix, lines);
    for (var field : entity.fields().values()) {
      var was = old.fields().get(field.name());
      if (was != null && !was.equals(field)) {
        lines.add("~ " + prefix + field.name());
      }
    }
    changed(entity.name() + " access", old.access(), entity.access(), lines);
    changed(entity.name() + " unique, indexes or checks", old.keys(), entity.keys(), lines);
    changed(entity.name() + " history", old.life(), entity.life(), lines);
    changed(entity.name() + " plural", old.plural(), entity.plural(), lines);
    changed(entity.name() + " description or label", old.notes(), entity.notes(), lines);
  }

  private static void changed(String what, Object before, Object after, List<String> lines) {
    if (!Objects.equals(before, after)) {
      lines.add("~ " + what);
    }
  }

  private static void compare(
      Map<String, ?> before, Map<String, ?> after, String prefix, List<String> lines) {
    after.keySet().stream()
        .filter(name -> !before.containsKey(name))
        .forEach(name -> lines.add("+ " + prefix + name));
    before.keySet().stream()
        .filter(name -> !after.containsKey(name))
        .forEach(name -> lines.add("- " + prefix + name));
  }
}
