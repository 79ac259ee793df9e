package engineroom.door.graphql.work;

import engineroom.Runner;
import engineroom.door.graphql.answer.AnswerBytes;
import engineroom.door.graphql.document.Asked;
import engineroom.door.graphql.schema.Root;
import engineroom.door.query.Filters;
import engineroom.door.query.Names;
import engineroom.door.query.Parameters;
import engineroom.door.query.Questions;
import engineroom.expression.Expression;
import engineroom.json.FieldReader;
import engineroom.json.Json;
import engineroom.model.Entity;
import engineroom.operation.Call;
import engineroom.operation.Operation.Find;
import engineroom.operation.Query;
import engineroom.operation.Query.Counting;
import engineroom.operation.Query.Page;
import engineroom.outcome.Outcome;
import java.util.List;
import java.util.Map;

/// Answers root fields that read rows: one question of the engine each.
final class RowReads {
  private final Tools tools;
  private final Call call;
  private final Map<String, Json> variables;

  RowReads(Tools tools, Call call, Map<String, Json> variables) {
    this.tools = tools;
    this.call = call;
    this.variables = variables;
  }

  /// One question put together: its values, and what it asks for.
  private final class Question {
    private final RootField.Rows field;
    private final Entity entity;
    private final Map<String, Json> values;
    private final FieldReader reader = new FieldReader(tools.model());
    private final Filters filters =
        new Filters(new Names(tools.model(), tools.visibility(), call), reader);
    private final Selections selections;

    Question(RootField.Rows field) {
      this.field = field;
      this.entity = field.plan().entity();
      this.values = Asked.values(field.asked().arguments(), variables);
      var questions = new Questions(filters, tools.settings());
      this.selections = new Selections(tools, questions, variables);
    }

    private Query query(Expression filter, List<engineroom.operation.Selection.Sort> sort) {
      var selection = selections.of(field.plan());
      return new Query(entity.name(), selection, filter, sort, Counting.NONE);
    }

    Find list() {
      var filter = selections.where(field.plan(), values);
      var sort = selections.sort(field.plan(), values);
      return find(query(filter, sort), selections.limit(values));
    }

    private Find find(Query query, int limit) {
      var after = values.get("after");
      long offset =
          values.get("offset") instanceof Json.Num(var text) ? Long.parseLong(text) : 0;
      if (offset < 0) {
        throw Parameters.bad("offset is not a whole number from 0.", null);
      }
      if (!(after instanceof Json.Text(var cursor))) {
        return new Find(query, new Page(limit, offset, null), filters.arguments());
      }
      if (offset > 0) {
        throw Parameters.bad("after and offset exclude each other.", "Leave out offset.");
      }
      var page = new Page(limit, 0, tools.seal().open(query, cursor));
      return new Find(query, page, filters.arguments());
    }

    /// The row whose fields have the values of the arguments.
    Find by(List<String> fields) {
      Map<String, Json> equal = new java.util.LinkedHashMap<>();
      for (var name : fields) {
        equal.put(name, new Json.Obj(Map.of("eq", value(name))));
      }
      var filter = new Questions(filters, tools.settings()).where(entity, new Json.Obj(equal));
      return new Find(query(filter, List.of()), Page.first(1), filters.arguments());
    }

    /// The row of the argument `id`: what can't be an id is the id of no row.
    List<byte[]> row(Runner runner) {
      try {
        var _ = reader.json(reader.idType(entity.name()), value("id"));
      } catch (FieldReader.Unfit _) {
        return List.of();
      }
      return rows(runner, by(List.of("id")));
    }

    private Json value(String name) {
      var value = values.getOrDefault(name, Json.Null.NULL);
      return name.equals("id") ? Spelling.id(entity, value) : value;
    }
  }

  /// Writes the value of a field; false where it is null and that is a mistake.
  boolean write(RootField.Rows field, Runner runner, AnswerBytes out) {
    var question = new Question(field);
    return switch (field.root()) {
      case Root.Many _ -> {
        var rows = rows(runner, question.list());
        yield list(rows, field, out);
      }
      case Root.One _ -> one(question.row(runner), field, out);
      case Root.ByKey(_, var fields) -> one(rows(runner, question.by(fields)), field, out);
      case Root.Page _, Root.Totals _, Root.Write _ ->
          throw new IllegalStateException("not yet");
    };
  }

  private List<byte[]> rows(Runner runner, Find find) {
    if (runner.run(find, call) instanceof Outcome.Listed(var rows, _, _)) {
      return rows;
    }
    throw new IllegalStateException("the engine gave an outcome of another operation");
  }

  private static boolean list(List<byte[]> rows, RootField.Rows field, AnswerBytes out) {
    int mark = out.size();
    out.write('[');
    for (int i = 0; i < rows.size(); i++) {
      if (i > 0) {
        out.write(',');
      }
      if (!field.cut().write(rows.get(i), out)) {
        out.shorten(mark);
        return false;
      }
    }
    out.write(']');
    return true;
  }

  private static boolean one(List<byte[]> rows, RootField.Rows field, AnswerBytes out) {
    if (rows.isEmpty()) {
      out.text("null");
      return true;
    }
    return field.cut().write(rows.getFirst(), out);
  }
}
