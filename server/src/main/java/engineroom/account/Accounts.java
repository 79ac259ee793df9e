package engineroom.account;

import engineroom.Engine;
import engineroom.account.password.PasswordRules;
import engineroom.account.password.Passwords;
import engineroom.account.token.KeyRing;
import engineroom.account.token.MasterKey;
import engineroom.account.token.SessionTokens;
import engineroom.account.token.SignedTokens;
import engineroom.account.token.SigningAlgorithm;
import engineroom.account.token.TokenIssuer;
import engineroom.account.token.TokenKind;
import engineroom.audit.Journal;
import engineroom.data.Ids;
import engineroom.modelfile.AccountSettings.Rush;
import engineroom.modelfile.AccountSettings.Signature;
import engineroom.modelfile.Settings;
import engineroom.operation.Call;
import engineroom.throttle.Attempts;
import java.security.SecureRandom;
import java.time.InstantSource;

/// All about accounts of one model: who signs up and in, their sessions, and who is calling.
public record Accounts(
    SignUps signUps,
    SignIns signIns,
    Entrance entrance,
    SecondFactors secondFactors,
    ApiKeys apiKeys,
    Invitations invitations,
    Impersonations impersonations,
    SessionWork sessions,
    Callers callers,
    KeyRing keys,
    Base base,
    Tools tools) {

  /// What stays the same when the model changes.
  ///
  /// @param master from which the keys of tokens are made
  /// @param journal takes what becomes of accounts
  public record Tools(
      Passwords passwords,
      PasswordRules rules,
      MasterKey master,
      InstantSource clock,
      SecureRandom random,
      Journal journal) {}

  /// Reads nothing, and makes no key, before the first request needs it.
  ///
  /// @param mails takes those about accounts
  public static Accounts of(Engine engine, Settings settings, Mails mails, Tools tools) {
    var base = base(engine, settings, mails, tools);
    var about = settings.accounts().tokens();
    var keys = keys(base, about.signature(), tools);
    var issuer = new TokenIssuer(about.issuer(), about.audience());
    var life = settings.accounts().lengths().access();
    var access = new SignedTokens(keys, issuer, life, tools.clock(), tools.random());
    var callers = new Callers(base, access);
    var sessions = new SessionWork(base, access, callers);
    var entrance = new Entrance(base, sessions, tools.random());
    var signIns = new SignIns(base, entrance, sessions, callers);
    var sealing = new SecondFactors.Sealing(tools.master(), tools.random());
    var ids = new Ids(tools.clock(), tools.random());
    var invitations = new Invitations(base, tools.random());
    return new Accounts(
        new SignUps(base, sessions, invitations, tools.random()),
        signIns,
        entrance,
        new SecondFactors(base, entrance, signIns, sessions, callers, sealing),
        new ApiKeys(base, sessions, callers, tools.random(), ids),
        invitations,
        new Impersonations(base, sessions, callers),
        sessions,
        callers,
        keys,
        base,
        tools);
  }

  /// Whoever nobody confirmed in time.
  public Unconfirmed unconfirmed() {
    return new Unconfirmed(base);
  }

  private static Base base(Engine engine, Settings settings, Mails mails, Tools tools) {
    var reports = new Reports(tools.journal());
    var attempts = new Attempts(tools.clock(), settings.rates()::credentials);
    var lockouts = new Lockouts(mails, tools.random());
    tools.passwords().makeWay(settings.accounts().rush() == Rush.WAIT);
    return new Base(
        engine,
        settings.accounts(),
        tools.passwords(),
        tools.rules().without(settings.accounts().breached()),
        new SessionTokens(tools.master()),
        mails,
        new Trials(engine, attempts, lockouts, reports),
        reports);
  }

  private static KeyRing keys(Base base, Signature signature, Tools tools) {
    return new KeyRing(
        TokenKind.ACCESS,
        algorithm(signature),
        new StoredKeys(() -> base.records(Call.ofProgram(tools.clock().instant()))),
        tools.master(),
        tools.clock(),
        tools.random());
  }

  private static SigningAlgorithm algorithm(Signature signature) {
    return switch (signature) {
      case ES256 -> SigningAlgorithm.ES256;
      case ED_DSA -> SigningAlgorithm.ED_DSA;
      case RS256 -> SigningAlgorithm.RS256;
      case HS256 -> SigningAlgorithm.HS256;
    };
  }
}
