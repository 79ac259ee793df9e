package engineroom.problem;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the store refuses.
public sealed interface StoreProblem extends Problem {
  /// Another row has these values already; which row is not told.
  ///
  /// @param path where the refused row stands in what was sent
  record NotUnique(String entity, List<String> fields, String path) implements StoreProblem {
    public NotUnique {
      fields = List.copyOf(fields);
    }

    public NotUnique(String entity, List<String> fields) {
      this(entity, fields, "");
    }

    @Override
    public String code() {
      return "store/not-unique";
    }

    @Override
    public String title() {
      return "Another " + entity + " has the same " + String.join(" and ", fields) + ".";
    }

    @Override
    public List<Violation> errors() {
      return fields.stream()
          .map(field -> new Violation(field, "unique", "must be unique").under(path))
          .toList();
    }
  }

  /// The row is referred to by others, and the model says `onDelete: restrict`.
  record StillReferred(String entity, String by) implements StoreProblem {
    @Override
    public String code() {
      return "store/still-referred";
    }

    @Override
    public String title() {
      return "This " + entity + " is still referred to by " + one() + ".";
    }

    /// What refers to it, with its article: `an album`.
    public String one() {
      return ("aeio".indexOf(by.charAt(0)) < 0 ? "a " : "an ") + by;
    }

    @Override
    public String hint() {
      return "Delete or change what refers to it first.";
    }
  }

  /// A deleted row can't come back among the rows that are there by now.
  ///
  /// @param errors what stands in the way
  record NotRestorable(String entity, List<Violation> errors) implements StoreProblem {
    public NotRestorable {
      errors = List.copyOf(errors);
    }

    @Override
    public String code() {
      return "store/not-restorable";
    }

    @Override
    public String title() {
      return "This " + entity + " can't come back as things are.";
    }

    @Override
    public String hint() {
      return "Nothing was brought back. Put right what stands in the way, then restore it again.";
    }
  }

  /// What is to be undone was changed by somebody else since.
  ///
  /// @param what `The import of products.csv`
  /// @param errors each names a row
  record ChangedSince(String what, List<Violation> errors) implements StoreProblem {
    public ChangedSince {
      errors = List.copyOf(errors);
    }

    @Override
    public String code() {
      return "store/changed-since";
    }

    @Override
    public String title() {
      return what + " can't be undone: rows of it were changed since.";
    }

    @Override
    public String hint() {
      return "Nothing was undone. Put these rows right by hand.";
    }
  }

  /// The database can't be reached, is full, or is too busy to take more.
  record Unavailable(String title, @Nullable String hint) implements StoreProblem {
    @Override
    public String code() {
      return "store/unavailable";
    }
  }

  /// The statement ran out of its time.
  record OutOfTime(long seconds) implements StoreProblem {
    @Override
    public String code() {
      return "store/out-of-time";
    }

    @Override
    public String title() {
      return "The request took longer than " + seconds + " s.";
    }

    @Override
    public String hint() {
      return "Ask for less: narrow the filter, drop the count, or add an index to the model.";
    }
  }

  /// The model and the database differ by more than safe additions.
  record MigrationNeeded(String title, List<Violation> errors) implements StoreProblem {
    public MigrationNeeded {
      errors = List.copyOf(errors);
    }

    @Override
    public String code() {
      return "store/migration-needed";
    }
  }
}
