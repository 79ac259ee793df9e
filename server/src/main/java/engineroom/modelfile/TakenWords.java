package engineroom.modelfile;

import java.util.HashSet;
import java.util.Set;

/// Names that have a meaning already, so that no entity, plural or field can be called so.
public final class TakenWords {
  private TakenWords() {}

  /// What no entity can be called.
  public static Set<String> ofEntities() {
    var words = new HashSet<>(BuiltIn.NAMES);
    words.addAll(FieldReader.TYPES);
    words.addAll(Words.PATHS);
    return words;
  }

  /// What no field can be called.
  public static Set<String> ofFields() {
    return Words.RESERVED;
  }
}
