package engineroom.modelfile;

import engineroom.expression.Expression;
import engineroom.expression.Expression.Get;
import engineroom.expression.Expression.Variable;
import engineroom.expression.Rewrite;
import engineroom.model.Entity;
import engineroom.model.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// Finds checks that tie what everybody may read to what not everybody may: whoever writes the one
/// learns from refusals what the other allows. A check that did not hold for such callers would be
/// none, so the owner is told instead.
final class SecretChecks {
  private SecretChecks() {}

  /// A note for each such check.
  static List<String> notes(Entity entity) {
    var notes = new ArrayList<String>();
    for (var check : entity.keys().checks()) {
      var secret = new TreeSet<String>();
      var open = new TreeSet<String>();
      for (var name : fields(check.condition())) {
        var field = entity.findField(name);
        field.ifPresent(known -> (secret(known) ? secret : open).add(name)); // and no list
      }
      if (!secret.isEmpty() && !open.isEmpty()) {
        notes.add(
            entity.name()
                + ": the check "
                + check.name()
                + " ties "
                + String.join(", ", open)
                + " to "
                + String.join(", ", secret)
                + ", which not everybody may read. Who may write the one can find out bounds of the"
                + " other from refusals.");
      }
    }
    return notes;
  }

  private static boolean secret(Field field) {
    return !open(field);
  }

  /// Whether everybody may read a field of the rows that they see.
  static boolean open(Field field) {
    return !field.traits().hidden() && field.access().read().equals(Expression.TRUE);
  }

  private static List<String> fields(Expression expression) {
    var names = new ArrayList<String>();
    if (expression instanceof Get(Variable(var variable, _), var name, _)
        && variable.equals(Variable.ROW)) {
      names.add(name);
    }
    Rewrite.children(expression).forEach(part -> names.addAll(fields(part)));
    return names;
  }
}
