package engineroom.problem;

import java.time.Duration;

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

  /// Too many credentials in a row were wrong: the next is looked at later.
  ///
  /// @param delay until then
  record TriedTooOften(Duration delay) implements AuthorizeProblem {
    @Override
    public String code() {
      return "authorize/tried-too-often";
    }

    @Override
    public String title() {
      return "There were too many attempts. None is looked at for now.";
    }

    @Override
    public String hint() {
      return Delays.hint(delay);
    }

    /// Whole seconds to wait, at least one.
    public long seconds() {
      return Delays.seconds(delay);
    }
  }

  /// Far too many credentials in a row were wrong: none is looked at before the account is
  /// unlocked. Said also where there is no account.
  record AccountLocked() implements AuthorizeProblem {
    @Override
    public String code() {
      return "authorize/account-locked";
    }

    @Override
    public String title() {
      return "This account is locked: there were too many wrong attempts in a row.";
    }

    @Override
    public String hint() {
      return "Follow the link to unlock it in the mail to its address, or choose a new password by"
          + " /auth/password/reset. Administrators unlock it too, by /auth/unlock.";
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
