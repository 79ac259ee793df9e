package engineroom.account;

import engineroom.audit.Circumstances;
import engineroom.audit.Event;
import engineroom.audit.Event.Kind;
import engineroom.audit.Journal;
import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.operation.Call;
import engineroom.records.Records;
import java.util.Map;

/// Tells the audit log what becomes of accounts: never what somebody typed.
public final class Reports {
  private static final String WAY = "by";

  private final Journal journal;

  Reports(Journal journal) {
    this.journal = journal;
  }

  /// What somebody showed to be let in.
  public enum Way {
    PASSWORD("password"),
    LINK("link"),
    CODE("code"),
    AUTHENTICATOR("authenticator"),
    RECOVERY_CODE("recoveryCode"),
    INVITATION("invitation"),
    NOTHING("nothing");

    private final String text;

    Way(String text) {
      this.text = text;
    }

    /// As entries have it.
    Value value() {
      return Value.of(text);
    }
  }

  /// Something was done to a user's account.
  ///
  /// @param within the transaction that does it
  public void done(Records within, Kind kind, Value user, Call call) {
    done(within, kind, user, call, Map.of());
  }

  /// The same with what else is to be known.
  ///
  /// @param detail never a secret
  public void done(Records within, Kind kind, Value user, Call call, Map<String, Value> detail) {
    write(within, event(Event.done(kind, Circumstances.of(call)), user), detail);
  }

  /// Somebody showed who they are, and began a session.
  public void entered(Records within, Kind kind, Row session, Call call, Way way) {
    var user = session.value("user");
    var by = Circumstances.of(call).by(plain(user), plain(session.id()));
    write(within, event(Event.done(kind, by), user), Map.of(WAY, way.value()));
  }

  /// Something about an account was stopped, which is done too.
  public void stopped(Records within, Kind kind, Value user, Call call) {
    write(within, event(Event.refused(kind, Circumstances.of(call)), user), Map.of());
  }

  private void write(Records within, Event event, Map<String, Value> detail) {
    var all = event;
    for (var one : detail.entrySet()) {
      all = all.with(one.getKey(), one.getValue());
    }
    journal.done(within, all);
  }

  /// What somebody showed was not right.
  ///
  /// @param user whose account it was about; the null value where there is none
  public void refused(Kind kind, Value user, Call call, Way way) {
    Circumstances by = Circumstances.of(call);
    journal.refused(event(Event.refused(kind, by), user).with(WAY, way.value()));
  }

  private static Event event(Event event, Value user) {
    return user == Value.NULL ? event : event.about(Users.ENTITY, plain(user));
  }

  private static String plain(Value id) {
    return SessionWork.plain(id);
  }
}
