package engineroom.modelfile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/// Reads one YAML 1.2 file into parts.
final class YamlFile {
  /// Bytes of one file.
  static final int BYTES_MAX = 1_048_576;

  private static final int DEPTH_MAX = 40;

  private final Path folder;
  private final Path file;
  private final Mistakes mistakes;
  private String source = "";
  private boolean wide;

  private YamlFile(Path folder, Path file, Mistakes mistakes) {
    this.folder = folder;
    this.file = file;
    this.mistakes = mistakes;
  }

  /// The file's content, or nothing where it is empty or can't be read, which is told.
  static Optional<Part> read(Path folder, Path file, Mistakes mistakes) {
    return new YamlFile(folder, file, mistakes).read();
  }

  /// The content of a file that the program brings along, which is right.
  static Part ours(Path file, String text) {
    var mistakes = new Mistakes();
    var read = new YamlFile(Path.of(""), file, mistakes).compose(text);
    return read.filter(_ -> mistakes.none())
        .orElseThrow(() -> new IllegalStateException(file + ": " + mistakes.list()));
  }

  private Part.Place start() {
    return new Part.Place(folder.relativize(file), 0, 0);
  }

  private Optional<Part> read() {
    try {
      if (Files.size(file) > BYTES_MAX) {
        mistakes.unreadable(start(), "The file is larger than 1 MiB.", "Divide it.");
        return Optional.empty();
      }
      return compose(Files.readString(file, StandardCharsets.UTF_8));
    } catch (IOException e) {
      mistakes.unreadable(start(), "The file can't be read.", "It must be there, and be UTF-8.");
      return Optional.empty();
    }
  }

  private Optional<Part> compose(String text) {
    source = text;
    wide = text.codePointCount(0, text.length()) != text.length();
    var settings =
        LoadSettings.builder()
            .setLabel(file.toString())
            .setUseMarks(true)
            .setAllowDuplicateKeys(true)
            .setAllowNonScalarKeys(true)
            .setMaxAliasesForCollections(YamlLimits.PARTS_MAX)
            .setCodePointLimit(BYTES_MAX)
            .build();
    try {
      return new Composer(settings, YamlLimits.of(text, settings))
          .getSingleNode()
          .map(node -> part(node, 0));
    } catch (YamlLimits.Excess e) {
      mistakes.unreadable(place(e.getProblemMark()), e.getProblem(), e.hint());
      return Optional.empty();
    } catch (MarkedYamlEngineException e) {
      var at = e.getProblemMark().or(e::getContextMark);
      mistakes.unreadable(place(at), "This is no YAML: " + problem(e) + ".", hint(e, at));
      return Optional.empty();
    } catch (YamlEngineException e) {
      mistakes.unreadable(start(), "This is no YAML: " + firstLine(e.getMessage()) + ".", null);
      return Optional.empty();
    }
  }

  private static String problem(MarkedYamlEngineException e) {
    var problem = e.getProblem();
    if (problem.contains("(TAB)")) {
      return "a tab can't indent, only spaces can";
    }
    return problem.startsWith("but ") ? e.getContext() + ", " + problem : problem;
  }

  private @Nullable String hint(MarkedYamlEngineException e, Optional<Mark> at) {
    boolean list = at.filter(mark -> source.startsWith("[", offset(mark))).isPresent();
    return list && e.getContext().contains("flow mapping")
        ? "Within braces, put quotes around the type of a list: { type: 'text[]' }."
        : began(e);
  }

  private int offset(Mark mark) {
    return wide ? source.offsetByCodePoints(0, mark.getIndex()) : mark.getIndex();
  }

  /// Where the part began that is wrong at its end.
  private static @Nullable String began(MarkedYamlEngineException e) {
    var context = e.getContextMark().map(Mark::getLine);
    var problem = e.getProblemMark().map(Mark::getLine);
    return context.isPresent() && !context.equals(problem)
        ? "The part that is wrong begins in line " + (context.get() + 1) + "."
        : null;
  }

  private static String firstLine(@Nullable String message) {
    return message == null
        ? "it can't be read"
        : message.lines().findFirst().orElse("").replaceFirst("\\.$", "");
  }

  private Part.Place place(Optional<Mark> mark) {
    return mark.map(
            m -> new Part.Place(folder.relativize(file), m.getLine() + 1, m.getColumn() + 1))
        .orElse(start());
  }

  private Part part(Node node, int depth) {
    var place = place(node.getStartMark());
    if (depth > DEPTH_MAX) {
      mistakes.add(place, "This is nested more than " + DEPTH_MAX + " deep.", null);
      return new Part.Empty(place);
    }
    return switch (node) {
      case MappingNode mapping -> mapping(mapping, place, depth);
      case SequenceNode sequence -> {
        var parts = new ArrayList<Part>();
        sequence.getValue().forEach(item -> parts.add(part(item, depth + 1)));
        yield new Part.Items(parts, place);
      }
      case ScalarNode scalar -> scalar(scalar, place);
      default -> throw new IllegalStateException("YAML has no node " + node.getNodeType());
    };
  }

  private Part mapping(MappingNode node, Part.Place place, int depth) {
    var entries = new LinkedHashMap<String, Part.Entry>();
    for (var tuple : node.getValue()) {
      var at = place(tuple.getKeyNode().getStartMark());
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        mistakes.add(at, "A key must be a name.", null);
        continue;
      }
      var before = entries.get(key.getValue());
      if (before != null) {
        mistakes.add(
            at,
            key.getValue() + " stands here twice.",
            "The first is in line " + before.place().line() + ".");
        continue;
      }
      var value = part(tuple.getValueNode(), depth + 1);
      entries.put(key.getValue(), new Part.Entry(key.getValue(), at, value));
    }
    return new Part.Mapping(entries, place);
  }

  private Part scalar(ScalarNode node, Part.Place place) {
    if (node.getTag().equals(Tag.NULL)) {
      return new Part.Empty(place);
    }
    int start = node.getStartMark().map(this::offset).orElse(0);
    var content =
        new ScalarText(place.file(), source, begin(node.getScalarStyle(), start), node.getValue());
    return new Part.Scalar(node.getValue(), tag(node), content::at, place);
  }

  private int begin(ScalarStyle style, int start) {
    return switch (style) {
      case PLAIN -> start;
      case SINGLE_QUOTED, DOUBLE_QUOTED, JSON_SCALAR_STYLE -> start + 1;
      case LITERAL, FOLDED -> Math.max(start, source.indexOf('\n', start) + 1);
    };
  }

  private static String tag(ScalarNode node) {
    if (node.getTag().equals(Tag.INT)) {
      return "int";
    }
    if (node.getTag().equals(Tag.FLOAT)) {
      return "float";
    }
    return node.getTag().equals(Tag.BOOL) ? "bool" : "str";
  }
}
