package engineroom.audit;

import engineroom.data.Value;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Something that happened and is no change of a row, or not only.
///
/// @param about the row that it concerns; null for none
/// @param detail what else is to be known; never a secret
public record Event(
    Kind kind,
    Outcome outcome,
    Circumstances by,
    @Nullable About about,
    Map<String, Value> detail) {
  public Event {
    detail = Collections.unmodifiableMap(new LinkedHashMap<>(detail));
  }

  /// What can happen.
  public enum Kind {
    SIGNED_UP("signedUp"),
    SIGNED_IN("signedIn"),
    SIGN_IN_FAILED("signInFailed"),
    SIGNED_OUT("signedOut"),
    SESSION_ENDED("sessionEnded"),
    TOKEN_REUSED("tokenReused"),
    EMAIL_CONFIRMED("emailConfirmed"),
    EMAIL_CHANGED("emailChanged"),
    PASSWORD_CHANGED("passwordChanged"),
    PASSWORD_RESET("passwordReset"),
    FACTOR_ADDED("factorAdded"),
    FACTOR_REMOVED("factorRemoved"),
    IDENTITY_LINKED("identityLinked"),
    IDENTITY_REMOVED("identityRemoved"),
    ROLE_GIVEN("roleGiven"),
    ROLE_TAKEN("roleTaken"),
    KEY_MADE("keyMade"),
    KEY_REVOKED("keyRevoked"),
    INVITED("invited"),
    LOCKED("locked"),
    UNLOCKED("unlocked"),
    SUSPENDED("suspended"),
    RESTORED("restored"),
    ACCOUNT_DELETED("accountDeleted"),
    IMPERSONATION_BEGAN("impersonationBegan"),
    IMPERSONATION_ENDED("impersonationEnded"),
    EXPORTED("exported"),
    /// More was refused at once than could be written down one by one.
    REFUSALS_OMITTED("refusalsOmitted"),
    AUDIT_BEGAN("auditBegan"),
    AUDIT_CUT("auditCut"),
    ROWS_ON("rowsOn"),
    ROWS_OFF("rowsOff");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    /// As entries have it.
    public String text() {
      return text;
    }
  }

  /// What came of it.
  public enum Outcome {
    DONE("done"),
    REFUSED("refused");

    private final String text;

    Outcome(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }

  /// A row.
  ///
  /// @param row its id as text
  public record About(String entity, String row) {}

  /// Something done, about no row.
  public static Event done(Kind kind, Circumstances by) {
    return new Event(kind, Outcome.DONE, by, null, Map.of());
  }

  /// Something refused, about no row.
  public static Event refused(Kind kind, Circumstances by) {
    return new Event(kind, Outcome.REFUSED, by, null, Map.of());
  }

  /// The same about a row.
  public Event about(String entity, String row) {
    return new Event(kind, outcome, by, new About(entity, row), detail);
  }

  /// The same with one more detail.
  public Event with(String name, Value value) {
    var more = new LinkedHashMap<>(detail);
    more.put(name, value);
    return new Event(kind, outcome, by, about, more);
  }
}
