package engineroom.problem;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What does not fit the model. A name that the caller may not see is the same as one that does not
/// exist.
public sealed interface OperationProblem extends Problem {
  /// A field or list that the entity does not have, as far as the caller may know.
  record UnknownField(String entity, String field, @Nullable String nearest)
      implements OperationProblem {
    @Override
    public String code() {
      return "operation/unknown-field";
    }

    @Override
    public String title() {
      return entity + "." + field + " does not exist.";
    }

    @Override
    public @Nullable String hint() {
      return nearest == null ? null : "Did you mean " + entity + "." + nearest + "?";
    }
  }

  /// A filter, sort or expression that can't be: a wrong type, a syntax mistake, an operator the
  /// field lacks.
  record BadExpression(String title, @Nullable String hint) implements OperationProblem {
    @Override
    public String code() {
      return "operation/bad-expression";
    }
  }

  /// What was sent breaks the model's rules; every mistake at once.
  record NotValid(List<Violation> errors) implements OperationProblem {
    public NotValid {
      errors = List.copyOf(errors);
    }

    @Override
    public String code() {
      return "operation/not-valid";
    }

    @Override
    public String title() {
      return errors.size() == 1 ? "1 field is not valid" : errors.size() + " fields are not valid";
    }
  }

  /// A question about the past that goes through rows of which only the present is kept.
  record NoHistory(String entity) implements OperationProblem {
    @Override
    public String code() {
      return "operation/no-history";
    }

    @Override
    public String title() {
      return "No history of " + entity + " is kept, so nothing tells what it was.";
    }

    @Override
    public String hint() {
      return "Ask without asOf, leave "
          + entity
          + " out of the question, or put history: true into "
          + entity
          + ".";
    }
  }

  /// A question about a moment so long ago that what was then is no longer kept.
  ///
  /// @param past how long it is
  record PastForgotten(String entity, Duration past) implements OperationProblem {
    @Override
    public String code() {
      return "operation/past-forgotten";
    }

    @Override
    public String title() {
      return "The history of " + entity + " goes back " + length() + ", and the moment is before.";
    }

    @Override
    public String hint() {
      return "Ask as of a later moment, or leave " + entity + " out of the question.";
    }

    private String length() {
      return past.toDays() == 1 ? "a day" : past.toDays() + " days";
    }
  }

  /// The row, or one that it is part of, stays as it is from some moment on, and that has come.
  ///
  /// @param entity whose `freeze` it is
  /// @param except what the caller could change of the row all the same
  record Frozen(String entity, List<String> except) implements OperationProblem {
    public Frozen {
      except = List.copyOf(except);
    }

    @Override
    public String code() {
      return "operation/frozen";
    }

    @Override
    public String title() {
      return "This "
          + entity
          + " is frozen: neither it nor what is part of it can be changed or deleted.";
    }

    @Override
    public String hint() {
      return except.isEmpty()
          ? "The model's `freeze` says so of rows like it; put it right by a new " + entity + "."
          : "The model's `freeze` leaves these fields open: " + String.join(", ", except) + ".";
    }
  }

  /// Rows of the entity are added only.
  record AppendOnly(String entity) implements OperationProblem {
    @Override
    public String code() {
      return "operation/append-only";
    }

    @Override
    public String title() {
      return "No " + entity + " can be changed or deleted: rows are added only.";
    }

    @Override
    public String hint() {
      return "The model's `appendOnly` says so; put it right by a new " + entity + ".";
    }
  }

  /// The row has a number of a sequence without gaps, and would leave one.
  record Numbered(String entity, String field) implements OperationProblem {
    @Override
    public String code() {
      return "operation/numbered";
    }

    @Override
    public String title() {
      return "This "
          + entity
          + " can't be deleted: its "
          + field
          + " is one of a sequence without gaps.";
    }

    @Override
    public String hint() {
      return "Keep it, and mark it as void by a field of its own.";
    }
  }

  /// More than a limit allows: filter nodes, sort keys, expand depth, page size.
  record TooMuch(String limit, String title) implements OperationProblem {
    @Override
    public String code() {
      return "operation/over-limit/" + limit;
    }
  }
}
