package engineroom.account;

import engineroom.account.token.OpaqueToken;
import engineroom.account.token.SessionTokens;
import engineroom.account.token.SignedTokens;
import engineroom.account.token.TokenClaims;
import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.modelfile.AccountSettings.Lengths;
import engineroom.operation.Call;
import engineroom.operation.Caller;
import engineroom.operation.Ceiling;
import engineroom.problem.AuthorizeProblem.BadCredentials;
import engineroom.problem.ProblemException;
import engineroom.records.Records;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Says who calls, by what they send.
public final class Callers {
  /// How often at most a browser's session is written to, to note that it is used.
  static final Duration TOUCHED_EVERY = Duration.ofHours(1);

  private final Base base;
  private final UserCallers users;
  private final CallerCache tokens;
  private final CallerCache cookies;
  private final KeyCredential key;
  private final CallerCache keys;

  Callers(Base base, SignedTokens access) {
    this.base = base;
    this.users = new UserCallers(base.model());
    this.tokens = new CallerCache(new AccessToken(access));
    this.cookies = new CallerCache(new BrowserCookie(base.carriers()));
    this.key = new KeyCredential(base, users);
    this.keys = new CallerCache(key);
  }

  /// The caller of an access token; empty where it is not good.
  public Optional<Caller.User> byToken(String text, Instant now) {
    return tokens.find(text, now);
  }

  /// The caller of a browser's cookie; empty where it is not good.
  public Optional<Caller.User> byCookie(String text, Instant now) {
    return cookies.find(text, now);
  }

  /// The caller of an API key; empty where it is not good, or not from there. Refused where it is
  /// used too often.
  public Optional<Caller.User> byKey(String text, String address, Instant now) {
    return keys.find(text, now).filter(caller -> key.admits(caller, address));
  }

  /// From now on the rows are asked again for everybody: something ended here.
  public void distrust() {
    tokens.distrust();
    cookies.distrust();
    keys.distrust();
  }

  /// The caller of a user's session.
  Caller.User of(Row user, Row session) {
    return users.caller(user, session);
  }

  /// Whether a user has every right.
  boolean administrator(Row user) {
    return users.caller(user, Map.of(), Ceiling.Open.OPEN).administrator();
  }

  /// Who a session stands for at this moment.
  Optional<Standing> standing(Records records, Value session, Instant now) {
    return living(records, session, now).flatMap(row -> ofSession(records, row));
  }

  private Optional<Row> living(Records records, Value session, Instant now) {
    var sessions = sessions(records, now);
    return sessions.find(session).filter(sessions::lives);
  }

  private Optional<Standing> ofSession(Records records, Row session) {
    return new Users(records)
        .find(session.value("user"))
        .filter(user -> !Fields.yes(user, "suspended"))
        .filter(_ -> mayStill(records, Fields.text(session, "impersonator")))
        .map(user -> new Standing(of(user, session), Sessions.end(session)));
  }

  /// Whether who acts in the name of a user still may; nobody always may.
  private boolean mayStill(Records records, String impersonator) {
    if (impersonator.isEmpty() || impersonator.equals(Impersonations.BY_KEY)) {
      return true;
    }
    return new Users(records)
        .find(new Value.Uuid(UUID.fromString(impersonator)))
        .filter(user -> !Fields.yes(user, "suspended") && administrator(user))
        .isPresent();
  }

  private Sessions sessions(Records records, Instant now) {
    return new Sessions(records, lengths(), now);
  }

  private Lengths lengths() {
    return base.settings().lengths();
  }

  /// Signed by us, for a few minutes.
  private final class AccessToken implements Credential {
    private final SignedTokens access;

    AccessToken(SignedTokens access) {
      this.access = access;
    }

    @Override
    public Optional<Proven> prove(String text, Instant now) {
      TokenClaims claims;
      try {
        claims = access.verify(text);
      } catch (ProblemException refused) {
        if (refused.problem() instanceof BadCredentials) {
          return Optional.empty();
        }
        throw refused;
      }
      var session = new Value.Uuid(UUID.fromString(claims.subject().session()));
      return Optional.of(new Proven(session, claims.expiresAt().plus(SignedTokens.SKEW)));
    }

    @Override
    public Optional<Standing> standing(Proven proven, Instant now) {
      return Callers.this.standing(base.records(Call.ofProgram(now)), proven.row(), now);
    }
  }

  /// Names a session, as long as that goes on.
  private final class BrowserCookie implements Credential {
    private final SessionTokens carriers;

    BrowserCookie(SessionTokens carriers) {
      this.carriers = carriers;
    }

    @Override
    public Optional<Proven> prove(String text, Instant now) {
      return carriers
          .read(OpaqueToken.Kind.SESSION, text)
          .map(said -> new Proven(new Value.Uuid(said.session()), Instant.MAX));
    }

    @Override
    public Optional<Standing> standing(Proven proven, Instant now) {
      var records = base.records(Call.ofProgram(now));
      var session = living(records, proven.row(), now);
      session
          .filter(row -> now.isAfter(Fields.moment(row, "lastUsedAt").plus(TOUCHED_EVERY)))
          .ifPresent(row -> sessions(records, now).touch(row));
      return session.flatMap(row -> ofSession(records, row));
    }
  }
}
