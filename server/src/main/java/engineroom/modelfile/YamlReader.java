package engineroom.modelfile;

import engineroom.modelfile.Node.Entry;
import engineroom.modelfile.Node.Kind;
import engineroom.modelfile.Node.Mapping;
import engineroom.modelfile.Node.Scalar;
import engineroom.modelfile.Node.Sequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/// Reads the text of one file as YAML 1.2 into nodes that know their places.
final class YamlReader {
  /// How deep mappings and lists may be nested.
  static final int DEPTH_MAX = 64;

  /// Parts of a file, with what aliases repeat counted as often as it is repeated.
  static final int NODES_MAX = 200_000;

  private final Source source;
  private final Mistakes mistakes;
  private int nodes;
  private boolean tooMany;

  YamlReader(Source source, Mistakes mistakes) {
    this.source = source;
    this.mistakes = mistakes;
  }

  /// The file's one document; nothing where it is empty or no YAML, which is told.
  Optional<Node> read() {
    if (nesting() > DEPTH_MAX * 4) {
      tooDeep(source.place(0));
      return Optional.empty();
    }
    try {
      var settings =
          LoadSettings.builder()
              .setUseMarks(true)
              .setAllowDuplicateKeys(true)
              .setMaxAliasesForCollections(50)
              .setCodePointLimit(ModelReader.FILE_BYTES_MAX)
              .build();
      var documents = new Compose(settings).composeAllFromString(source.text()).iterator();
      if (!documents.hasNext()) {
        return Optional.empty();
      }
      var first = documents.next();
      if (documents.hasNext()) {
        mistakes.add(
            place(documents.next().getStartMark()),
            "A file holds one document.",
            "Remove the line --- or use a second file.");
      }
      return Optional.of(node(first, 0));
    } catch (MarkedYamlEngineException e) {
      mistakes.add(
          place(e.getProblemMark().or(e::getContextMark)), "This is no YAML: " + text(e) + ".", hint(e));
    } catch (ReaderException e) {
      mistakes.add(
          source.place(Math.min(e.getPosition(), source.text().length())),
          "The character U+%04X is not allowed in YAML.".formatted(e.getCodePoint()),
          "Remove it, or write it as an escape in double quotes.");
    } catch (YamlEngineException e) {
      mistakes.add(source.place(0), "This is no YAML: " + e.getMessage() + ".", null);
    }
    return Optional.empty();
  }

  /// An upper bound of the depth that brackets on one line could reach, so that no parser's stack overflows.
  private int nesting() {
    int depth = 0;
    int deepest = 0;
    for (int i = 0; i < source.text().length(); i++) {
      char c = source.text().charAt(i);
      depth += c == '[' || c == '{' ? 1 : c == ']' || c == '}' ? -1 : 0;
      deepest = Math.max(deepest, depth);
    }
    return deepest;
  }

  private static String text(MarkedYamlEngineException e) {
    var context = e.getContext() == null ? "" : e.getContext() + ", ";
    return (context + e.getProblem()).replaceAll("\\s+", " ").replaceAll("\\.$", "");
  }

  private static @org.jspecify.annotations.Nullable String hint(MarkedYamlEngineException e) {
    var problem = String.valueOf(e.getProblem());
    if (problem.contains("'\\t'") || problem.contains("tab")) {
      return "Indent with spaces.";
    }
    if (problem.contains("mapping values are not allowed")) {
      return "Put a text with a colon between quotes, and check the indentation.";
    }
    return problem.contains("found undefined alias") ? "Define it with & first." : null;
  }

  private Source.Place place(Optional<Mark> mark) {
    int points = mark.map(Mark::getIndex).orElse(0);
    var text = source.text();
    int all = text.codePointCount(0, text.length());
    return source.place(text.offsetByCodePoints(0, Math.min(points, all)));
  }

  private void tooDeep(Source.Place place) {
    mistakes.add(place, "This is nested deeper than " + DEPTH_MAX + " levels.", "Flatten it.");
  }

  private Node node(org.snakeyaml.engine.v2.nodes.Node node, int depth) {
    var place = place(node.getStartMark());
    if (++nodes > NODES_MAX) {
      if (!tooMany) {
        tooMany = true;
        mistakes.add(place, "The file has more than " + NODES_MAX + " parts.", "Use fewer aliases.");
      }
      return nothing(place);
    }
    if (depth > DEPTH_MAX || node.isRecursive()) {
      tooDeep(place);
      return nothing(place);
    }
    return switch (node) {
      case MappingNode mapping -> mapping(mapping, place, depth);
      case SequenceNode sequence -> {
        var elements = new ArrayList<Node>();
        for (var element : sequence.getValue()) {
          elements.add(node(element, depth + 1));
        }
        yield new Sequence(elements, place);
      }
      case ScalarNode scalar -> scalar(scalar, place);
      default -> throw new IllegalStateException("YAML has no " + node.getNodeType());
    };
  }

  private static Scalar nothing(Source.Place place) {
    return new Scalar("", Kind.NULL, place, Offsets.PLAIN);
  }

  private Mapping mapping(MappingNode mapping, Source.Place place, int depth) {
    Map<String, Source.Place> seen = new HashMap<>();
    List<Entry> entries = new ArrayList<>();
    for (var tuple : mapping.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode keyNode)) {
        mistakes.add(
            place(tuple.getKeyNode().getStartMark()), "A key must be a name.", "Write name: value.");
        continue;
      }
      var key = scalar(keyNode, place(keyNode.getStartMark()));
      var value = node(tuple.getValueNode(), depth + 1);
      var first = seen.putIfAbsent(key.text(), key.place());
      if (first == null) {
        entries.add(new Entry(key, value));
      } else {
        mistakes.add(
            key,
            key.text() + " is written twice; first in line " + first.mistake("", null).line() + ".",
            "Keep one of them.");
      }
    }
    return new Mapping(entries, place);
  }

  private static Scalar scalar(ScalarNode scalar, Source.Place place) {
    var offsets =
        switch (scalar.getScalarStyle()) {
          case PLAIN, JSON_SCALAR_STYLE -> Offsets.PLAIN;
          case SINGLE_QUOTED -> Offsets.SINGLE_QUOTED;
          case DOUBLE_QUOTED -> Offsets.DOUBLE_QUOTED;
          case LITERAL, FOLDED -> Offsets.BLOCK;
        };
    return new Scalar(scalar.getValue(), kind(scalar.getTag()), place, offsets);
  }

  private static Kind kind(Tag tag) {
    if (tag.equals(Tag.INT)) {
      return Kind.WHOLE;
    }
    if (tag.equals(Tag.FLOAT)) {
      return Kind.FLOAT;
    }
    if (tag.equals(Tag.BOOL)) {
      return Kind.TRUTH;
    }
    return tag.equals(Tag.NULL) ? Kind.NULL : Kind.TEXT;
  }
}
