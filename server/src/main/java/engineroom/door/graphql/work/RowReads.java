package engineroom.door.graphql.work;

import engineroom.Runner;
import engineroom.door.cursor.CursorSeal;
import engineroom.door.graphql.answer.AnswerBytes;
import engineroom.door.graphql.schema.Root;
import engineroom.door.graphql.work.Question.Asking;
import engineroom.door.query.Parameters;
import engineroom.operation.Operation.Find;
import engineroom.operation.Query.Counting;
import engineroom.operation.Query.Page;
import engineroom.outcome.Outcome;
import java.util.List;

/// Answers root fields that read rows: one question of the engine each.
final class RowReads {
  private final Asking asking;
  private final Runner runner;

  RowReads(Asking asking, Runner runner) {
    this.asking = asking;
    this.runner = runner;
  }

  /// Writes the value of a field; false where null stands that can't, and nothing was written.
  boolean write(RootField.Rows field, AnswerBytes out) {
    var question = new Question(asking, field.asked(), field.plan());
    return switch (field.root()) {
      case Root.Many _ -> list(rows(list(question)), field, out);
      case Root.One _ ->
          one(question.identifies() ? rows(question.by(List.of("id"))) : List.of(), field, out);
      case Root.ByKey(_, var fields) -> one(rows(question.by(fields)), field, out);
      case Root.Page _, Root.Totals _, Root.Write _ ->
          throw new IllegalStateException(field.root() + " is no question for rows alone");
    };
  }

  private Find list(Question question) {
    var filter = question.where();
    var query = question.query(filter, question.sort(question.keys()), Counting.NONE);
    int limit = question.limit("limit");
    var after = question.text("after");
    var offset = question.number("offset");
    if (offset != null && offset < 0) {
      throw Parameters.bad("offset is not a whole number from 0.", null);
    }
    if (after != null && offset != null) {
      throw Parameters.bad("after and offset exclude each other.", "Leave out offset.");
    }
    var page =
        after == null
            ? new Page(limit, offset == null ? 0 : offset, null)
            : new Page(limit, 0, seal().open(query, after));
    return question.find(query, page);
  }

  private CursorSeal seal() {
    return asking.tools().seal();
  }

  private List<byte[]> rows(Find find) {
    return listed(runner.run(find, asking.call())).rows();
  }

  static Outcome.Listed listed(Outcome outcome) {
    if (outcome instanceof Outcome.Listed listed) {
      return listed;
    }
    throw new IllegalStateException(
        "the engine gave an outcome of another operation: " + outcome.getClass().getSimpleName());
  }

  private static boolean list(List<byte[]> rows, RootField.Rows field, AnswerBytes out) {
    out.write('[');
    for (int i = 0; i < rows.size(); i++) {
      if (i > 0) {
        out.write(',');
      }
      if (!field.cut().write(rows.get(i), out)) {
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
