package engineroom.door.graphql.document;

import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.FragmentSpread;
import graphql.language.InlineFragment;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How far a document reaches with its fragments put in: each fragment is looked at once, however
/// often it is used, so that fragments that fan out cost nothing.
final class Reach {
  /// Fields that may be there once fragments are put in.
  static final int FIELDS_MAX = 2_000;

  /// Lists of the schema within each other that an introspection may walk.
  static final int INTROSPECTION_MAX = 1;

  private static final Set<String> INTROSPECTION = Set.of("__schema", "__type");
  private static final Set<String> WALKED =
      Set.of("fields", "inputFields", "interfaces", "possibleTypes");

  private final Map<String, FragmentDefinition> fragments;
  private final Map<String, Size> known = new HashMap<>();
  private final Set<String> open = new HashSet<>();

  /// Of a selection with everything in it.
  ///
  /// @param walked lists of the schema within each other
  private record Size(int depth, long fields, int walked) {
    static final Size NONE = new Size(0, 0, 0);

    Size and(Size other) {
      return new Size(
          Math.max(depth, other.depth),
          Math.min(1L << 40, fields + other.fields),
          Math.max(walked, other.walked));
    }
  }

  private Reach(Map<String, FragmentDefinition> fragments) {
    this.fragments = fragments;
  }

  /// Refuses an operation that reaches beyond the limits, and fragments within themselves.
  static void check(
      SelectionSet operation, Map<String, FragmentDefinition> fragments, DocumentLimits limits) {
    var reach = new Reach(fragments);
    var size = reach.size(operation);
    DocumentScan.within("depth", size.depth(), limits.depth());
    DocumentScan.within("fields", size.fields(), FIELDS_MAX);
    DocumentScan.within("introspection", size.walked(), INTROSPECTION_MAX);
    for (var name : fragments.keySet()) {
      reach.fragment(name);
    }
  }

  private Size size(@Nullable SelectionSet set) {
    var whole = Size.NONE;
    if (set != null) {
      for (Selection<?> selection : set.getSelections()) {
        whole = whole.and(size(selection));
      }
    }
    return whole;
  }

  private Size size(Selection<?> selection) {
    return switch (selection) {
      case Field field -> field(field);
      case InlineFragment fragment -> size(fragment.getSelectionSet());
      case FragmentSpread spread -> fragment(spread.getName());
      case Selection<?> other ->
          throw new IllegalStateException("there is no selection " + other.getClass());
    };
  }

  private Size field(Field field) {
    var inner = size(field.getSelectionSet());
    boolean schema = INTROSPECTION.contains(field.getName());
    return new Size(
        schema ? 1 : inner.depth() + 1,
        inner.fields() + 1,
        inner.walked() + (WALKED.contains(field.getName()) ? 1 : 0));
  }

  private Size fragment(String name) {
    var size = known.get(name);
    var fragment = fragments.get(name);
    if (size != null || fragment == null) {
      return size == null ? Size.NONE : size;
    }
    if (!open.add(name)) {
      throw new Rejected("The fragment " + name + " contains itself.");
    }
    var made = size(fragment.getSelectionSet());
    open.remove(name);
    known.put(name, made);
    return made;
  }
}
