package engineroom.door.graphql.compiled;

import engineroom.door.graphql.answer.Splicer;
import engineroom.door.graphql.compiled.PageShape.Part;
import engineroom.door.graphql.document.Asked;
import engineroom.door.graphql.document.Fields;
import graphql.language.SelectionSet;
import java.util.List;

/// Compiles what a document asks of a page.
final class PageCompiler {
  private static final String TYPE_NAME = "__typename";

  private final Fields fields;
  private final RowCompiler rows;
  private final RowPlan plan;

  /// @param plan of the rows, which is added to
  PageCompiler(Fields fields, RowCompiler rows, RowPlan plan) {
    this.fields = fields;
    this.rows = rows;
    this.plan = plan;
  }

  /// @param type of the page: `OrderConnection`
  PageShape of(String type, List<SelectionSet> sets) {
    var edge = type.substring(0, type.length() - "Connection".length()) + "Edge";
    return new PageShape(
        fields.of(type, sets).stream().map(asked -> part(type, edge, asked)).toList());
  }

  private Part part(String type, String edge, Asked asked) {
    return switch (asked.name()) {
      case TYPE_NAME -> new Part.TypeName(asked.key(), type);
      case "edges" -> new Part.Edges(asked.key(), edges(edge, asked.sets()));
      case "nodes" -> new Part.Nodes(asked.key(), cut(asked));
      case "totalCount" -> new Part.Total(asked.key());
      default -> new Part.Info(asked.key(), info(asked.sets()));
    };
  }

  private Splicer cut(Asked asked) {
    return new Splicer(rows.add(plan, asked.sets()));
  }

  private List<Part> edges(String type, List<SelectionSet> sets) {
    return fields.of(type, sets).stream()
        .map(
            asked ->
                switch (asked.name()) {
                  case TYPE_NAME -> (Part) new Part.TypeName(asked.key(), type);
                  case "cursor" -> new Part.Cursor(asked.key());
                  default -> new Part.Node(asked.key(), cut(asked));
                })
        .toList();
  }

  private List<Part> info(List<SelectionSet> sets) {
    return fields.of("PageInfo", sets).stream()
        .map(
            asked ->
                asked.name().equals(TYPE_NAME)
                    ? (Part) new Part.TypeName(asked.key(), "PageInfo")
                    : new Part.Told(asked.key(), asked.name()))
        .toList();
  }
}
