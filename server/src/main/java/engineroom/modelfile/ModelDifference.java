package engineroom.modelfile;

import engineroom.model.Entity;
import engineroom.model.Model;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What changed from one model to the next, a line each, for people.
public final class ModelDifference {
  private ModelDifference() {}

  /// `+ product.weight`, `- product.size`, `~ product access`, `~ product.onHand, which was stock`.
  public static List<String> between(Model before, Model after) {
    var lines = new ArrayList<String>();
    var former = former(before.entities(), after.entities(), e -> e.notes().was());
    compare(before.entities(), former, "", lines);
    for (var entity : after.entities().values()) {
      var old = before.entities().get(former.get(entity.name()));
      if (old != null) {
        compare(entity, old, lines);
      }
    }
    if (!before.roles().equals(after.roles()) || !before.terms().equals(after.terms())) {
      lines.add("~ roles");
    }
    return lines;
  }

  private static void compare(Entity entity, Entity old, List<String> lines) {
    var prefix = entity.name() + ".";
    var former = former(old.fields(), entity.fields(), f -> f.notes().was());
    compare(old.fields(), former, prefix, lines);
    for (var field : entity.fields().values()) {
      var was = old.fields().get(field.name());
      if (was != null && !was.equals(field)) {
        lines.add("~ " + prefix + field.name());
      }
    }
    changed(entity.name() + " access", old.access(), entity.access(), lines);
    changed(entity.name() + " unique, indexes or checks", old.keys(), entity.keys(), lines);
    changed(
        entity.name() + " history, trash, freeze or appendOnly", old.life(), entity.life(), lines);
    changed(entity.name() + " plural", old.plural(), entity.plural(), lines);
    changed(entity.name() + " description or label", old.notes(), entity.notes(), lines);
  }

  private static void changed(String what, Object before, Object after, List<String> lines) {
    if (!Objects.equals(before, after)) {
      lines.add("~ " + what);
    }
  }

  /// The name that each had before; its own where it is new or had the same.
  private static <T> Map<String, String> former(
      Map<String, T> before, Map<String, T> after, Function<T, @Nullable String> was) {
    var names = new LinkedHashMap<String, String>();
    after.forEach(
        (name, value) -> {
          var old = was.apply(value);
          var renamed = old != null && before.containsKey(old) && !after.containsKey(old);
          names.put(name, renamed && !before.containsKey(name) ? old : name);
        });
    return names;
  }

  /// @param former the name before, for each name now
  private static void compare(
      Map<String, ?> before, Map<String, String> former, String prefix, List<String> lines) {
    former.forEach(
        (name, old) -> {
          if (!before.containsKey(old)) {
            lines.add("+ " + prefix + name);
          } else if (!name.equals(old)) {
            lines.add("~ " + prefix + name + ", which was " + old);
          }
        });
    before.keySet().stream()
        .filter(name -> !former.containsValue(name))
        .forEach(name -> lines.add("- " + prefix + name));
  }
}
