package {{package}}.client;

import java.time.Duration;
import java.util.List;

/**
 * What showing credentials led to.
 *
 * @param <R> the user's row
 */
public sealed interface SignIn<R> {
  /**
   * A session has begun.
   *
   * @param user what they may read of their own row
   * @param expiresIn how long an access token is good; it is renewed by itself
   */
  record SignedIn<R>(R user, Duration expiresIn) implements SignIn<R> {}

  /**
   * The second factor is asked for.
   *
   * @param methods `totp`, `recoveryCode`
   */
  record SecondFactor<R>(String mfaToken, List<String> methods, Duration expiresIn)
      implements SignIn<R> {
    public SecondFactor {
      methods = List.copyOf(methods);
    }

    /** A token is for no log. */
    @Override
    public String toString() {
      return "SecondFactor" + methods;
    }
  }
}
