package engineroom.door.graphql.compiled;

import engineroom.door.graphql.answer.Splicer;
import engineroom.door.graphql.document.Asked;
import engineroom.door.graphql.document.Fields;
import engineroom.door.graphql.document.Prepared;
import engineroom.door.graphql.document.Prepared.Wanted;
import engineroom.door.graphql.schema.Root;
import engineroom.door.graphql.schema.Sight;
import engineroom.door.graphql.schema.TypeNames;
import engineroom.model.Model;
import java.util.List;

/// Compiles an operation of a valid document.
public final class Compiler {
  private final Model model;
  private final TypeNames names;
  private final Fields fields;
  private final RowCompiler rows;

  private Compiler(Model model, TypeNames names, Sight sight, Fields fields) {
    this.model = model;
    this.names = names;
    this.fields = fields;
    this.rows = new RowCompiler(model, names, sight, fields);
  }

  /// The root fields, in their order.
  public static List<RootField> compile(
      Model model, TypeNames names, Sight sight, Prepared document, Wanted wanted) {
    return new Compiler(model, names, sight, document.fields(wanted)).roots(wanted);
  }

  private List<RootField> roots(Wanted wanted) {
    var type = wanted.mutation() ? "Mutation" : "Query";
    return fields.of(type, List.of(wanted.definition().getSelectionSet())).stream()
        .map(asked -> root(type, asked))
        .toList();
  }

  private RootField root(String type, Asked asked) {
    return switch (asked.name()) {
      case "__typename" -> new RootField.TypeName(asked, type);
      case "__schema", "__type" -> new RootField.Introspection(asked);
      case "requestId" -> new RootField.RequestId(asked);
      case String name -> rows(asked, known(type, name));
    };
  }

  private Root known(String type, String name) {
    var root = type.equals("Query") ? names.query(name) : names.mutation(name);
    if (root == null) {
      throw new IllegalStateException("a valid document has no root field " + name);
    }
    return root;
  }

  private RootField rows(Asked asked, Root root) {
    var entity = model.entity(root.entity());
    if (root instanceof Root.Write(_, var what) && what.many()) {
      var shape = rows.leaves(names.changed(entity), asked.sets());
      return new RootField.Counted(asked, (Root.Write) root, entity, new Splicer(shape));
    }
    if (root instanceof Root.Totals totals) {
      var compiling = new TotalsCompiler(model, names, fields);
      var cut = new Splicer(compiling.of(entity, asked.sets()));
      return new RootField.Totals(asked, totals, entity, compiling.measures(), cut);
    }
    var plan = new RowPlan(entity);
    if (root instanceof Root.Page page) {
      var type = names.type(entity.name()) + "Connection";
      var shape = new PageCompiler(fields, rows, plan).of(type, asked.sets());
      return new RootField.Paged(asked, page, plan, shape);
    }
    var shape = rows.add(plan, asked.sets());
    return new RootField.Rows(asked, root, plan, new Splicer(shape), new Steady());
  }
}
