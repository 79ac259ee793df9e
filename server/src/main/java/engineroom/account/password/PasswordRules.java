package engineroom.account.password;

import engineroom.problem.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Which passwords may be chosen (NIST SP 800-63B-4): long ones that nobody guesses. What they are
/// made of is nobody's business.
///
/// @param lengthMinAlone in characters, where the password is all that is asked for
/// @param lengthMinWithSecondFactor where a second factor is asked for besides
/// @param lengthMax so that a hash has a bound
/// @param breached which nobody may choose, however good they look
public record PasswordRules(
    int lengthMinAlone, int lengthMinWithSecondFactor, int lengthMax, BreachedPasswords breached) {
  /// What else protects the account.
  public enum Protection {
    PASSWORD_ALONE,
    SECOND_FACTOR
  }

  private static final int LENGTH_MIN_LEAST = 8;
  private static final int LENGTH_MAX_LEAST = 64;
  private static final int LENGTH_MAX_MOST = 1_024;

  /// Shorter words of the context are in many good passwords by chance.
  private static final int WORD_MIN = 4;

  private static final String PATH = "password";

  public PasswordRules {
    if (lengthMinWithSecondFactor < LENGTH_MIN_LEAST || lengthMinAlone < LENGTH_MIN_LEAST) {
      throw new IllegalArgumentException(
          "a password's least length must be " + LENGTH_MIN_LEAST + " or more");
    }
    if (lengthMax < LENGTH_MAX_LEAST || lengthMax > LENGTH_MAX_MOST) {
      throw new IllegalArgumentException(
          "a password's greatest length must be %d to %d"
              .formatted(LENGTH_MAX_LEAST, LENGTH_MAX_MOST));
    }
    if (Math.max(lengthMinAlone, lengthMinWithSecondFactor) > lengthMax) {
      throw new IllegalArgumentException("a password's least length is above its greatest");
    }
  }

  /// What holds where the owner says nothing.
  public static PasswordRules defaults() {
    return new PasswordRules(15, 8, 256, BreachedPasswords.NONE);
  }

  /// The same, with passwords that were in a breach.
  public PasswordRules without(BreachedPasswords breached) {
    return new PasswordRules(lengthMinAlone, lengthMinWithSecondFactor, lengthMax, breached);
  }

  /// What is wrong with a password; empty where it may be chosen.
  ///
  /// @param context what everybody can know about the user: the app's name, the user's name, e-mail
  public List<Violation> violations(String password, Protection protection, List<String> context) {
    int length = password.codePointCount(0, password.length());
    if (length > lengthMax) {
      return List.of(
          violation("max-length", "may have %d characters at most", Map.of("max", lengthMax)));
    }
    if (Utf8.bytes(password) == null) {
      return List.of(violation("text", "has half of a surrogate pair: send whole characters"));
    }
    var violations = new ArrayList<Violation>();
    int lengthMin = lengthMin(protection);
    if (length < lengthMin) {
      violations.add(tooShort(lengthMin));
    }
    if (Guessable.common(password)) {
      violations.add(
          violation("common", "is among the first that are guessed: choose a rarer one"));
    } else if (length > 1 && Guessable.patterned(password)) {
      violations.add(
          violation("pattern", "only repeats or counts: choose one that can't be foretold"));
    }
    if (violations.isEmpty() && breached.contain(password)) {
      violations.add(
          violation("breached", "was in a breach of some other service: choose another one"));
    }
    words(context).stream()
        .filter(word -> Guessable.mostly(password, word))
        .findFirst()
        .ifPresent(word -> violations.add(known(word)));
    return violations;
  }

  private int lengthMin(Protection protection) {
    return switch (protection) {
      case PASSWORD_ALONE -> lengthMinAlone;
      case SECOND_FACTOR -> lengthMinWithSecondFactor;
    };
  }

  private static Violation tooShort(int lengthMin) {
    return violation(
        "min-length",
        "must have at least %d characters: a sentence is easy to keep in mind",
        Map.of("min", lengthMin));
  }

  private static Violation known(String word) {
    var text = "is mostly \"" + word + "\", which others can know: choose something unrelated";
    return new Violation(PATH, "context", text, Map.of("word", word));
  }

  /// The words of the context: whole texts and their parts, an e-mail without its domain.
  private static List<String> words(List<String> context) {
    var words = new ArrayList<String>();
    for (var text : context) {
      int at = text.lastIndexOf('@');
      var own = at > 0 ? text.substring(0, at) : text;
      words.add(own);
      words.addAll(List.of(own.split("[^\\p{L}\\p{N}]+")));
      words.add(own.replaceAll("[^\\p{L}\\p{N}]+", ""));
    }
    return words.stream().filter(PasswordRules::counts).distinct().toList();
  }

  private static boolean counts(String word) {
    return word.codePoints().filter(Character::isLetterOrDigit).count() >= WORD_MIN;
  }

  private static Violation violation(String code, String message) {
    return new Violation(PATH, code, message);
  }

  private static Violation violation(String code, String message, Map<String, Object> params) {
    var number = params.values().iterator().next();
    return new Violation(PATH, code, message.formatted(number), params);
  }
}
