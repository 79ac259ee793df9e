package engineroom.problem;

/// What the caller may not do.
public sealed interface AuthorizeProblem extends Problem {
  /// A guest asks for what only somebody known may do.
  record SignInNeeded(String title) implements AuthorizeProblem {
    @Override
    public String code() {
      return "authorize/sign-in-needed";
    }
  }

  /// The credentials sent are not good.
  record BadCredentials(String title) implements AuthorizeProblem {
    @Override
    public String code() {
      return "authorize/bad-credentials";
    }
  }

  /// The caller is known and may not.
  record NotAllowed(String title) implements AuthorizeProblem {
    @Override
    public String code() {
      return "authorize/not-allowed";
    }
  }

  /// The caller may, but signed in too long ago for it.
  ///
  /// @param minutes for which signing in is good for this
  record SignInAgain(long minutes) implements AuthorizeProblem {
    @Override
    public String code() {
      return "authorize/sign-in-again";
    }

    @Override
    public String title() {
      return "This takes a sign-in of the last " + minutes + " minutes. Sign in again.";
    }
  }

  /// No such row, or none that the caller may see: the two can't be told apart.
  record NotFound(String entity) implements AuthorizeProblem {
    @Override
    public String code() {
      return "authorize/not-found";
    }

    @Override
    public String title() {
      return "There is no such " + entity + ".";
    }
  }
}
