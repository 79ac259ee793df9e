package engineroom.door.graphql.compiled;

import engineroom.door.graphql.answer.Splicer;
import java.util.List;

/// What a document asks of a page.
///
/// @param parts in its order, under its names
public record PageShape(List<Part> parts) {
  public PageShape {
    parts = List.copyOf(parts);
  }

  /// One member of the page, of its `pageInfo` or of an edge.
  public sealed interface Part {
    /// As the document has it.
    String key();

    record TypeName(String key, String type) implements Part {}

    record Edges(String key, List<Part> parts) implements Part {}

    record Nodes(String key, Splicer cut) implements Part {}

    record Node(String key, Splicer cut) implements Part {}

    record Cursor(String key) implements Part {}

    record Info(String key, List<Part> parts) implements Part {}

    record Total(String key) implements Part {}

    /// A field of `pageInfo`.
    record Told(String key, String name) implements Part {}
  }

  /// Whether all rows are counted.
  public boolean counted() {
    return parts.stream().anyMatch(part -> part instanceof Part.Total);
  }
}
