package engineroom.modelfile;

import engineroom.json.Json;
import java.io.Reader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/// Reads rows written as YAML: a list of maps, or such lists by entity.
public final class YamlRows {
  /// Text that stands for others is refused beyond this many, so that a small file can't grow
  /// without end.
  private static final int ALIASES_MAX = 50;

  /// One row.
  ///
  /// @param entity as the file names it; empty where the file is a plain list
  /// @param line where it begins, from 1
  public record YamlRow(String entity, int line, Json.Obj row) {}

  /// The file can't be read as rows.
  public static final class NotRows extends Exception {
    private final int line;

    private NotRows(int line, String message) {
      super(message, null, false, false);
      this.line = line;
    }

    /// Where, from 1.
    public int line() {
      return line;
    }
  }

  private final List<YamlRow> rows = new ArrayList<>();

  private YamlRows() {}

  /// The rows in the order of the file.
  public static List<YamlRow> read(Reader text) throws NotRows {
    var settings =
        LoadSettings.builder()
            .setMaxAliasesForCollections(ALIASES_MAX)
            .setAllowDuplicateKeys(false)
            .setCodePointLimit(32 << 20)
            .build();
    Optional<Node> root;
    try {
      root = new Compose(settings).composeReader(text);
    } catch (MarkedYamlEngineException mistake) {
      int line = mistake.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
      throw new NotRows(line, "is not YAML: " + mistake.getProblem());
    }
    var reader = new YamlRows();
    if (root.isPresent()) {
      reader.document(root.get());
    }
    return List.copyOf(reader.rows);
  }

  private void document(Node root) throws NotRows {
    switch (root) {
      case SequenceNode list -> list("", list);
      case MappingNode map -> {
        for (var part : map.getValue()) {
          var name = text(part.getKeyNode());
          if (!(part.getValueNode() instanceof SequenceNode list)) {
            throw new NotRows(line(part.getKeyNode()), name + " must be a list of rows");
          }
          list(name, list);
        }
      }
      case Node other ->
          throw new NotRows(line(other), "must be a list of rows, or lists by entity");
    }
  }

  private void list(String entity, SequenceNode list) throws NotRows {
    for (var node : list.getValue()) {
      if (!(node instanceof MappingNode map)) {
        throw new NotRows(line(node), "a row must be a map of fields");
      }
      rows.add(new YamlRow(entity, line(node), object(map)));
    }
  }

  private static Json json(Node node) throws NotRows {
    return switch (node) {
      case MappingNode map -> object(map);
      case SequenceNode list -> {
        var elements = new ArrayList<Json>();
        for (var element : list.getValue()) {
          elements.add(json(element));
        }
        yield new Json.Arr(elements);
      }
      case ScalarNode scalar -> scalar(scalar);
      case Node other -> throw new NotRows(line(other), "can't be a value");
    };
  }

  private static Json.Obj object(MappingNode map) throws NotRows {
    var members = new LinkedHashMap<String, Json>();
    for (var member : map.getValue()) {
      var name = text(member.getKeyNode());
      if (members.put(name, json(member.getValueNode())) != null) {
        throw new NotRows(line(member.getKeyNode()), name + " is there twice");
      }
    }
    return new Json.Obj(members);
  }

  /// Booleans and numbers by the JSON schema of YAML 1.2; numbers that JSON can't write stay texts.
  private static Json scalar(ScalarNode node) {
    var text = node.getValue();
    var tag = node.getTag();
    if (tag.equals(Tag.NULL)) {
      return Json.Null.NULL;
    }
    if (tag.equals(Tag.BOOL)) {
      return new Json.Bool(text.equals("true"));
    }
    boolean number = tag.equals(Tag.INT) || tag.equals(Tag.FLOAT);
    return number && text.matches("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?")
        ? new Json.Num(text)
        : new Json.Text(text);
  }

  private static String text(Node key) throws NotRows {
    if (key instanceof ScalarNode scalar) {
      return scalar.getValue();
    }
    throw new NotRows(line(key), "a name must be a text");
  }

  private static int line(Node node) {
    return node.getStartMark().map(Mark::getLine).orElse(0) + 1;
  }
}
