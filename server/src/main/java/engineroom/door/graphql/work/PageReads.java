package engineroom.door.graphql.work;

import engineroom.Runner;
import engineroom.door.graphql.answer.AnswerBytes;
import engineroom.door.graphql.compiled.PageShape.Part;
import engineroom.door.graphql.compiled.RootField;
import engineroom.door.graphql.compiled.RowPlan;
import engineroom.door.graphql.work.Question.Asking;
import engineroom.door.query.Parameters;
import engineroom.json.Json;
import engineroom.json.JsonWriter;
import engineroom.operation.Operation.Find;
import engineroom.operation.Query;
import engineroom.operation.Query.Counting;
import engineroom.operation.Query.Page;
import engineroom.outcome.Outcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Answers pages as Relay has them, forwards and backwards: one question of the engine each.
final class PageReads {
  private final Asking asking;
  private final Runner runner;

  PageReads(Asking asking, Runner runner) {
    this.asking = asking;
    this.runner = runner;
  }

  /// A page that was read.
  ///
  /// @param query forwards: what cursors are bound to
  /// @param before whether there are rows before it
  /// @param after whether there are rows behind it
  private record Got(
      Query query,
      SortKeys keys,
      List<byte[]> rows,
      boolean before,
      boolean after,
      @Nullable Long count) {}

  /// Writes a page; false where null stands that can't.
  boolean write(RootField.Paged field, AnswerBytes out) {
    var got = read(field);
    return object(field.shape().parts(), got, -1, out);
  }

  private Got read(RootField.Paged field) {
    var plan = RowPlan.copyOf(field.plan());
    var question = new Question(asking, field.asked(), plan);
    var spelled = question.keys();
    var filter = question.where();
    var sort = question.sort(spelled, filter);
    var keys = new SortKeys(question, spelled, sort);
    keys.addTo(plan);
    var counting = field.shape().counted() ? Counting.EXACT : Counting.NONE;
    var query = question.query(filter, sort, counting);
    refuseBoth(question);
    return question.value("last") == null
        ? forwards(question, query, keys)
        : backwards(question, query, keys);
  }

  private static void refuseBoth(Question question) {
    boolean last = question.value("last") != null;
    if (last && question.value("first") != null) {
      throw Parameters.bad("first and last exclude each other.", "Leave out one of them.");
    }
    if (last && question.value("after") != null) {
      throw Parameters.bad("after goes with first.", "Use last with before.");
    }
    if (!last && question.value("before") != null) {
      throw Parameters.bad("before goes with last.", "Use first with after.");
    }
  }

  private Got forwards(Question question, Query query, SortKeys keys) {
    var after = question.text("after");
    int limit = question.limit("first");
    var page =
        after == null
            ? Page.first(limit)
            : new Page(limit, 0, asking.tools().seal().open(query, after));
    var listed = run(question, question.find(query, page));
    return new Got(
        query, keys, listed.rows(), after != null, listed.next() != null, listed.count());
  }

  private Got backwards(Question question, Query query, SortKeys keys) {
    var before = question.text("before");
    int limit = question.limit("last");
    var reversed =
        new Query(
            query.entity(), query.selection(), query.filter(), keys.reversed(), query.counting());
    var page =
        before == null
            ? Page.first(limit)
            : new Page(limit, 0, keys.reversed(asking.tools().seal().open(query, before)));
    var listed = run(question, question.find(reversed, page));
    return new Got(
        query,
        keys,
        listed.rows().reversed(),
        listed.next() != null,
        before != null,
        listed.count());
  }

  private Outcome.Listed run(Question question, Find find) {
    return RowReads.listed(runner.run(question.asOf(find), asking.call()));
  }

  /// @param row of an edge; -1 elsewhere
  private boolean object(List<Part> parts, Got got, int row, AnswerBytes out) {
    out.write('{');
    for (int i = 0; i < parts.size(); i++) {
      out.text((i > 0 ? "," : "") + '"' + parts.get(i).key() + "\":");
      if (!value(parts.get(i), got, row, out)) {
        return false;
      }
    }
    out.write('}');
    return true;
  }

  private boolean value(Part part, Got got, int row, AnswerBytes out) {
    return switch (part) {
      case Part.Edges(_, var parts) -> edges(parts, got, out);
      case Part.Nodes(_, var cut) -> {
        out.write('[');
        for (int i = 0; i < got.rows().size(); i++) {
          out.text(i > 0 ? "," : "");
          if (!cut.write(got.rows().get(i), out)) {
            yield false;
          }
        }
        out.write(']');
        yield true;
      }
      case Part.Node(_, var cut) -> cut.write(got.rows().get(row), out);
      case Part.Info(_, var parts) -> object(parts, got, row, out);
      case Part.TypeName(_, var type) -> written('"' + type + '"', out);
      case Part.Cursor _ -> written(cursor(got, row), out);
      case Part.Total _ -> written(String.valueOf(got.count()), out);
      case Part.Told(_, var name) -> written(told(name, got), out);
    };
  }

  private boolean edges(List<Part> parts, Got got, AnswerBytes out) {
    out.write('[');
    for (int i = 0; i < got.rows().size(); i++) {
      out.text(i > 0 ? "," : "");
      if (!object(parts, got, i, out)) {
        return false;
      }
    }
    out.write(']');
    return true;
  }

  private static boolean written(String text, AnswerBytes out) {
    out.text(text);
    return true;
  }

  private String told(String name, Got got) {
    return switch (name) {
      case "hasNextPage" -> Boolean.toString(got.after());
      case "hasPreviousPage" -> Boolean.toString(got.before());
      case "startCursor" -> got.rows().isEmpty() ? "null" : cursor(got, 0);
      case "endCursor" -> got.rows().isEmpty() ? "null" : cursor(got, got.rows().size() - 1);
      default -> throw new IllegalStateException("a page tells no " + name);
    };
  }

  private String cursor(Got got, int row) {
    var values = got.keys().of(got.rows().get(row));
    return JsonWriter.text(new Json.Text(asking.tools().seal().seal(got.query(), values)));
  }
}
