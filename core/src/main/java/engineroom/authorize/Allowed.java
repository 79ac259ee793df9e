package engineroom.authorize;

import engineroom.expression.Arguments;
import engineroom.operation.Call;
import engineroom.operation.Operation;
import engineroom.operation.Query;
import engineroom.operation.Selection;
import engineroom.operation.Summary;
import org.jspecify.annotations.Nullable;

/// An operation with its caller's rules woven in. Only [Authorizer] can make one, and nothing else
/// can be planned or run: a door that forgets authorization does not compile.
public sealed interface Allowed {
  /// Reading rows.
  final class Reading implements Allowed {
    private final View view;
    private final Query.Page page;
    private final Arguments arguments;

    Reading(View view, Query.Page page, Arguments arguments) {
      this.view = view;
      this.page = page;
      this.arguments = arguments;
    }

    public View view() {
      return view;
    }

    public Query.Page page() {
      return page;
    }

    /// The request's arguments and the facts of its caller.
    public Arguments arguments() {
      return arguments;
    }
  }

  /// Reading totals.
  final class Summarizing implements Allowed {
    private final Summary summary;
    private final @Nullable Integer moment;
    private final Query.Page page;
    private final Arguments arguments;

    Summarizing(Summary summary, @Nullable Integer moment, Query.Page page, Arguments arguments) {
      this.summary = summary;
      this.moment = moment;
      this.page = page;
      this.arguments = arguments;
    }

    /// The summary with rules in its filter and masks in its measures; equal for equal questions.
    public Summary summary() {
      return summary;
    }

    /// As of which moment versions are read, as the position of an argument.
    public @Nullable Integer moment() {
      return moment;
    }

    public Query.Page page() {
      return page;
    }

    public Arguments arguments() {
      return arguments;
    }
  }

  /// Writing a row or rows. What depends on the row is still to be held against it, with
  /// [RowRules].
  final class Writing implements Allowed {
    private final Operation operation;
    private final RowRules rules;
    private final @Nullable View answer;

    Writing(Operation operation, RowRules rules, @Nullable View answer) {
      this.operation = operation;
      this.rules = rules;
      this.answer = answer;
    }

    public Operation operation() {
      return operation;
    }

    public RowRules rules() {
      return rules;
    }

    /// Whether nobody looks at the rows written.
    public boolean showsNothing() {
      return switch (operation) {
        case Operation.Create(_, _, var shown) -> shown.equals(Selection.NOTHING);
        case Operation.Upsert(_, _, _, _, var shown) -> shown.equals(Selection.NOTHING);
        case Operation.Change(_, _, _, _, var shown) -> shown.equals(Selection.NOTHING);
        case Operation.Replace(_, _, _, _, var shown) -> shown.equals(Selection.NOTHING);
        case Operation.Undelete(_, _, var shown) -> shown.equals(Selection.NOTHING);
        case Operation.Restore(_, _, _, _, var shown) -> shown.equals(Selection.NOTHING);
        case Operation.Delete _,
            Operation.ListTrash _,
            Operation.Discard _,
            Operation.ChangeMany _,
            Operation.DeleteMany _,
            Operation.Fetch _,
            Operation.Find _,
            Operation.Summarize _,
            Operation.AsOf _,
            Operation.Recount _,
            Operation.Explain _,
            Operation.ExplainAccess _ ->
            false;
      };
    }

    /// How a written row is shown, by its id as the first argument; null where the caller may read
    /// no row.
    public @Nullable View answer() {
      return answer;
    }
  }

  /// Writing the rows that a filter finds.
  final class WritingMany implements Allowed {
    private final Writing writing;
    private final Reading found;

    WritingMany(Writing writing, Reading found) {
      this.writing = writing;
      this.found = found;
    }

    public Writing writing() {
      return writing;
    }

    /// The rows concerned, as far as the caller may see them: at most one more than is allowed.
    public Reading found() {
      return found;
    }
  }

  /// How a read would be done.
  final class Explaining implements Allowed {
    private final Reading reading;

    Explaining(Reading reading) {
      this.reading = reading;
    }

    public Reading reading() {
      return reading;
    }
  }

  /// Why somebody may do something or not.
  final class ExplainingAccess implements Allowed {
    private final Operation asked;
    private final Call by;

    ExplainingAccess(Operation asked, Call by) {
      this.asked = asked;
      this.by = by;
    }

    public Operation asked() {
      return asked;
    }

    /// The same circumstances, with the caller that is asked about.
    public Call by() {
      return by;
    }
  }
}
