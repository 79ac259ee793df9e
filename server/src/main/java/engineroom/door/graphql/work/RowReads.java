package engineroom.door.graphql.work;

import engineroom.Runner;
import engineroom.door.cursor.CursorSeal;
import engineroom.door.graphql.answer.AnswerBytes;
import engineroom.door.graphql.compiled.RootField;
import engineroom.door.graphql.document.Asked;
import engineroom.door.graphql.schema.Root;
import engineroom.door.graphql.work.Question.Asking;
import engineroom.door.query.Parameters;
import engineroom.door.query.QuerySettings;
import engineroom.json.Json;
import engineroom.operation.Operation;
import engineroom.operation.Operation.Find;
import engineroom.operation.Query;
import engineroom.operation.Query.Counting;
import engineroom.operation.Query.Page;
import engineroom.outcome.Outcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
    return switch (field.root()) {
      case Root.Many _ -> list(rows(field, List.of()), field, out);
      case Root.One _ -> one(rows(field, List.of("id")), field, out);
      case Root.ByKey(_, var fields) -> one(rows(field, fields), field, out);
      case Root.Page _, Root.Totals _, Root.Write _ ->
          throw new IllegalStateException(field.root() + " is no question for rows alone");
    };
  }

  /// @param key of the row asked for; empty where many are
  private List<byte[]> rows(RootField.Rows field, List<String> key) {
    var known = field.steady().known();
    if (known != null) {
      var arguments = SteadyQuestions.arguments(known, field, asking);
      if (arguments != null) {
        var page = key.isEmpty() ? page(field.asked(), known.query()) : Page.first(1);
        return run(new Find(known.query(), page, arguments));
      }
    }
    return together(field, key);
  }

  /// Puts a question together, and keeps what is steady of it.
  private List<byte[]> together(RootField.Rows field, List<String> key) {
    var question = new Question(asking, field.asked(), field.plan());
    if (field.root() instanceof Root.One && !question.identifies()) {
      return List.of();
    }
    var find = key.isEmpty() ? list(question) : question.by(key);
    SteadyQuestions.learn(field.steady(), question, find);
    return run(question.asOf(find));
  }

  private List<byte[]> run(Operation read) {
    return listed(runner.run(read, asking.call())).rows();
  }

  private Find list(Question question) {
    var filter = question.where();
    var query = question.query(filter, question.sort(question.keys(), filter), Counting.NONE);
    return question.find(query, page(question.asked(), query));
  }

  /// The part of the rows that the arguments name.
  private Page page(Asked asked, Query query) {
    var variables = asking.variables();
    int limit = Selections.limit(Question.value(asked, "limit", variables), settings());
    var after = Question.value(asked, "after", variables);
    var offset = offset(Question.value(asked, "offset", variables));
    if (after instanceof Json.Text(var cursor)) {
      if (offset != null) {
        throw Parameters.bad("after and offset exclude each other.", "Leave out offset.");
      }
      return new Page(limit, 0, seal().open(query, cursor));
    }
    return new Page(limit, offset == null ? 0 : offset, null);
  }

  private static @Nullable Long offset(@Nullable Json json) {
    if (!(json instanceof Json.Num(var text))) {
      return null;
    }
    long offset = Long.parseLong(text);
    if (offset < 0) {
      throw Parameters.bad("offset is not a whole number from 0.", null);
    }
    return offset;
  }

  private QuerySettings settings() {
    return asking.tools().settings();
  }

  private CursorSeal seal() {
    return asking.tools().seal();
  }

  static Outcome.Listed listed(Outcome outcome) {
    if (outcome instanceof Outcome.Listed listed) {
      return listed;
    }
    throw new IllegalStateException(
        "the engine gave an outcome of another operation: " + outcome.getClass().getSimpleName());
  }

  private static boolean list(List<byte[]> rows, RootField.Rows field, AnswerBytes out) {
    out.expect(rows.stream().mapToInt(row -> row.length + 1).sum());
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
