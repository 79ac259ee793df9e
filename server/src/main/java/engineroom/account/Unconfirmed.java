package engineroom.account;

import engineroom.audit.Event.Kind;
import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.expression.Expression.Comparison;
import engineroom.operation.Call;
import engineroom.problem.ProblemException;
import engineroom.problem.StoreProblem.StillReferred;
import engineroom.records.Records;
import engineroom.records.Where;
import java.time.Instant;
import java.util.Map;

/// Deletes accounts that nobody uses and whose address nobody confirmed in time: somebody else may
/// have signed up with it, or made a mistake in it.
///
/// Spared is who was signed in since, has a key or roles, and whom a row keeps that must not lose
/// its user.
public final class Unconfirmed {
  /// Accounts looked at in one go.
  private static final int AT_ONCE = 100;

  private static final String USER = "user";

  private final Base base;

  Unconfirmed(Base base) {
    this.base = base;
  }

  /// Deletes those whose time is over by now, and tells how many they were.
  public int purge(Instant now) {
    var wait = base.settings().unconfirmed();
    return wait == null ? 0 : purge(now.minus(wait), Call.ofProgram(now));
  }

  private int purge(Instant since, Call call) {
    var records = base.records(call);
    var where = waiting(since);
    int gone = 0;
    var some = records.all(Users.ENTITY, where, AT_ONCE);
    while (!some.isEmpty()) {
      for (var user : some) {
        gone += deleted(user, since, call);
      }
      var behind = where.and("id", Comparison.GREATER, some.getLast().id());
      some = records.all(Users.ENTITY, behind, AT_ONCE);
    }
    return gone;
  }

  private static Where waiting(Instant since) {
    return Where.ALL
        .and("newEmail", Comparison.NOT_EQUAL, Value.NULL)
        .andIs("email", Value.NULL)
        .andIs("anonymous", Value.of(false))
        .and("createdAt", Comparison.LESS, new Value.Timestamp(since));
  }

  private int deleted(Row user, Instant since, Call call) {
    try {
      return base.together(call, records -> deleted(records, user.id(), since, call));
    } catch (ProblemException refused) {
      if (refused.problem() instanceof StillReferred) {
        return 0;
      }
      throw refused;
    }
  }

  /// As the account is now: it may have been confirmed meanwhile.
  private int deleted(Records records, Value user, Instant since, Call call) {
    var found = records.first(Users.ENTITY, waiting(since).andIs("id", user));
    if (found.filter(row -> !used(records, row, since)).isEmpty()) {
      return 0;
    }
    var gone = records.deleteWhere(Users.ENTITY, Where.is("id", user), 1);
    var why = Map.of("by", Value.of("neverConfirmed"));
    base.reports().done(records, Kind.ACCOUNT_DELETED, user, call, why);
    return gone;
  }

  private static boolean used(Records records, Row user, Instant since) {
    var seen = new Value.Timestamp(since);
    var sessions = Where.is(USER, user.id());
    return !Fields.texts(user, "roles").isEmpty()
        || records
            .first("session", sessions.and("lastUsedAt", Comparison.GREATER_OR_EQUAL, seen))
            .isPresent()
        || records.first("apiKey", Where.is(USER, user.id())).isPresent();
  }
}
