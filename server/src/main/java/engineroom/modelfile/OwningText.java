package engineroom.modelfile;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/// The text of a model's file without what says that somebody else's tables hold rows. Everything
/// else stays as its owner wrote it, comments too.
final class OwningText {
  private static final String ENTITIES = "entities";
  private static final Set<String> OF_TABLE = Set.of("table", "readOnly");
  private static final Set<String> OF_COLUMN = Set.of("column");

  /// System fields that only somebody else's table has under a name of its own.
  private static final Set<String> TIMES = Set.of("createdAt", "updatedAt");

  private final String text;
  private final Map<Integer, Edit> edits = new TreeMap<>();
  private final Set<Node> seen = new HashSet<>();

  private OwningText(String text) {
    this.text = text;
  }

  /// A part of the text and what comes in its place.
  private record Edit(int from, int to, String by) {}

  /// What becomes of the value of `store`, as it is written.
  interface Store {
    String of(String written);
  }

  /// The text of `engineroom.yaml`.
  static String ofApp(String text, Store store) {
    var owning = new OwningText(text);
    owning.root().ifPresent(root -> owning.app(root, store));
    return owning.edited();
  }

  /// The text of a file of entities.
  static String ofEntities(String text) {
    var owning = new OwningText(text);
    owning
        .root()
        .ifPresent(
            root -> {
              var inner = value(root, ENTITIES);
              owning.entities(inner == null ? root : inner);
            });
    return owning.edited();
  }

  private Optional<Node> root() {
    var settings = LoadSettings.builder().setUseMarks(true).setAllowDuplicateKeys(true).build();
    return new Compose(settings).composeString(text);
  }

  private static @Nullable Node value(@Nullable Node node, String key) {
    if (!(node instanceof MappingNode mapping)) {
      return null;
    }
    for (var entry : mapping.getValue()) {
      if (name(entry).equals(key)) {
        return entry.getValueNode();
      }
    }
    return null;
  }

  private static String name(NodeTuple entry) {
    return entry.getKeyNode() instanceof ScalarNode key ? key.getValue() : "";
  }

  private void app(Node root, Store store) {
    if (value(root, "store") instanceof ScalarNode written) {
      int from = start(written);
      int to = end(written);
      edits.put(from, new Edit(from, to, store.of(text.substring(from, to))));
    }
    entities(value(root, ENTITIES));
  }

  private void entities(@Nullable Node node) {
    if (node instanceof MappingNode mapping) {
      mapping.getValue().forEach(entry -> entity(entry.getValueNode()));
    }
  }

  private void entity(Node node) {
    if (!(node instanceof MappingNode entity) || value(entity, "table") == null) {
      return;
    }
    leaveOut(entity, OF_TABLE);
    if (value(entity, "fields") instanceof MappingNode fields) {
      leaveOut(fields, TIMES);
      for (var field : fields.getValue()) {
        if (!TIMES.contains(name(field)) && field.getValueNode() instanceof MappingNode options) {
          leaveOut(options, OF_COLUMN);
        }
      }
    }
  }

  private void leaveOut(MappingNode mapping, Set<String> keys) {
    if (!seen.add(mapping)) {
      return; // an alias leads here again
    }
    var entries = mapping.getValue();
    boolean flow = mapping.getFlowStyle() == FlowStyle.FLOW;
    for (var at = 0; at < entries.size(); at++) {
      if (keys.contains(name(entries.get(at)))) {
        var edit = flow ? flow(entries, at, keys) : block(entries.get(at));
        edits.put(edit.from(), edit);
      }
    }
  }

  /// An entry within braces goes with the comma behind it, or before it where it is the last.
  private Edit flow(List<NodeTuple> entries, int at, Set<String> keys) {
    int from = start(entries.get(at).getKeyNode());
    if (at + 1 < entries.size()) {
      return new Edit(from, start(entries.get(at + 1).getKeyNode()), "");
    }
    int before = at - 1;
    while (before >= 0 && keys.contains(name(entries.get(before)))) {
      before--;
    }
    int left = before < 0 || before < at - 1 ? from : end(entries.get(before).getValueNode());
    return new Edit(left, end(entries.get(at).getValueNode()), "");
  }

  /// An entry of its own lines goes with them.
  private Edit block(NodeTuple entry) {
    int from = text.lastIndexOf('\n', start(entry.getKeyNode())) + 1;
    int line = text.indexOf('\n', Math.max(from, last(entry.getValueNode())));
    return new Edit(from, line < 0 ? text.length() : line + 1, "");
  }

  /// Where the last value in a node ends.
  private int last(Node node) {
    if (node instanceof MappingNode mapping
        && mapping.getFlowStyle() == FlowStyle.BLOCK
        && !mapping.getValue().isEmpty()) {
      return last(mapping.getValue().getLast().getValueNode());
    }
    return end(node);
  }

  private int start(Node node) {
    return offset(node.getStartMark());
  }

  private int end(Node node) {
    return offset(node.getEndMark());
  }

  private int offset(Optional<Mark> mark) {
    return text.offsetByCodePoints(0, mark.map(Mark::getIndex).orElse(0));
  }

  private String edited() {
    var result = new StringBuilder();
    int at = 0;
    for (var edit : edits.values()) {
      result.append(text, at, Math.max(at, edit.from())).append(edit.by());
      at = Math.max(at, edit.to());
    }
    return result.append(text.substring(at)).toString();
  }
}
