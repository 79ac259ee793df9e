package engineroom.account.token;

import static engineroom.problem.ProblemException.problem;

import engineroom.json.Json;
import engineroom.json.JsonOut;
import engineroom.problem.AuthorizeProblem.BadCredentials;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Issues and verifies the signed tokens of one kind: access tokens as of RFC 9068.
///
/// A good signature says who called and until when; whether the user and the session still are is
/// asked of their rows, by `sub`, `sid` and `ver`.
public final class SignedTokens {
  /// How far the clocks of two programs may be apart.
  public static final Duration SKEW = Duration.ofSeconds(60);

  private static final int REMEMBERED_MAX = 20_000;
  private static final int ID_BYTES = 16;
  private static final Pattern WHOLE = Pattern.compile("0|[1-9]\\d{0,14}");
  private static final Logger LOG = System.getLogger(SignedTokens.class.getName());

  private final KeyRing ring;
  private final Duration life;
  private final TokenIssuer issuer;
  private final InstantSource clock;
  private final SecureRandom random;
  private final VerifiedTokens verified = new VerifiedTokens(REMEMBERED_MAX);

  public SignedTokens(KeyRing ring, TokenIssuer issuer, InstantSource clock, SecureRandom random) {
    this(ring, issuer, ring.kind().life(), clock, random);
  }

  /// @param life how long one is good, [KeyRing#LIFE_MAX] at most
  public SignedTokens(
      KeyRing ring, TokenIssuer issuer, Duration life, InstantSource clock, SecureRandom random) {
    if (!life.isPositive() || life.compareTo(KeyRing.LIFE_MAX) > 0) {
      throw new IllegalArgumentException("a token is good for an hour at most, not " + life);
    }
    this.ring = ring;
    this.life = life;
    this.issuer = issuer;
    this.clock = clock;
    this.random = random;
  }

  public IssuedToken issue(TokenSubject subject) {
    var now = Instant.ofEpochSecond(clock.instant().getEpochSecond());
    var idBytes = new byte[ID_BYTES];
    random.nextBytes(idBytes);
    var claims = new TokenClaims(subject, Base64Url.text(idBytes), now, now.plus(life));
    var key = ring.signing();
    var header = new LinkedHashMap<String, String>();
    header.put("typ", ring.kind().type());
    header.put("alg", key.algorithm().header());
    header.put("kid", key.kid());
    return new IssuedToken(Jws.text(header, payload(claims), key.material()), claims);
  }

  /// What a token says.
  ///
  /// @throws engineroom.problem.ProblemException with [BadCredentials] for every token that is not
  ///   good, whatever is wrong with it; the reason is for the log alone
  public TokenClaims verify(String text) {
    try {
      return read(text);
    } catch (RefusedToken refused) {
      LOG.log(Level.DEBUG, "token={0} refused={1}", ring.kind().key(), refused.fault());
      throw problem(
          new BadCredentials("The token is not good, or no longer. Sign in again, or refresh it."));
    }
  }

  /// @throws RefusedToken where it is not good
  TokenClaims read(String text) {
    if (text.length() > Jws.LENGTH_MAX) {
      throw new RefusedToken(TokenFault.TOO_LONG);
    }
    var hash = Base64Url.text(Hashing.sha256(text));
    var known = verified.find(hash);
    if (known != null && ring.find(known.kid()).isPresent()) {
      inTime(known.claims());
      return known.claims();
    }
    var jws = Jws.read(text);
    if (!ring.kind().type().equals(jws.header().type())) {
      throw new RefusedToken(TokenFault.TYPE);
    }
    var key =
        ring.find(jws.header().kid()).orElseThrow(() -> new RefusedToken(TokenFault.UNKNOWN_KEY));
    jws.verify(key.material());
    var claims = claims(Jws.object(jws.payload()));
    inTime(claims);
    verified.remember(hash, new VerifiedTokens.Entry(key.kid(), claims));
    return claims;
  }

  private byte[] payload(TokenClaims claims) {
    var subject = claims.subject();
    var members = new LinkedHashMap<String, Object>();
    members.put("iss", issuer.issuer());
    members.put("aud", issuer.audience());
    members.put("sub", subject.user());
    members.put("client_id", subject.client());
    members.put("iat", claims.issuedAt().getEpochSecond());
    members.put("nbf", claims.issuedAt().getEpochSecond());
    members.put("exp", claims.expiresAt().getEpochSecond());
    members.put("jti", claims.id());
    members.put("sid", subject.session());
    members.put("ver", subject.version());
    return JsonOut.bytes(members);
  }

  private TokenClaims claims(Map<String, Json> members) {
    if (!text(members, "iss").equals(issuer.issuer())) {
      throw new RefusedToken(TokenFault.ISSUER);
    }
    if (!forUs(members.get("aud"))) {
      throw new RefusedToken(TokenFault.AUDIENCE);
    }
    long issuedAt = whole(members, "iat");
    long expiresAt = whole(members, "exp");
    long good = expiresAt - issuedAt;
    if (good < 0 || good > life.toSeconds()) {
      throw new RefusedToken(TokenFault.CLAIMS);
    }
    notBefore(Instant.ofEpochSecond(whole(members, "nbf")));
    return new TokenClaims(
        subject(members),
        text(members, "jti"),
        Instant.ofEpochSecond(issuedAt),
        Instant.ofEpochSecond(expiresAt));
  }

  private static TokenSubject subject(Map<String, Json> members) {
    try {
      return new TokenSubject(
          text(members, "sub"),
          text(members, "client_id"),
          text(members, "sid"),
          whole(members, "ver"));
    } catch (IllegalArgumentException emptyOrLong) {
      throw new RefusedToken(TokenFault.CLAIMS);
    }
  }

  private boolean forUs(@Nullable Json audience) {
    return switch (audience) {
      case Json.Text(var one) -> one.equals(issuer.audience());
      case Json.Arr(var several) -> several.contains(new Json.Text(issuer.audience()));
      case Json.Obj _, Json.Num _, Json.Bool _, Json.Null _ -> false;
      case null -> false;
    };
  }

  private void inTime(TokenClaims claims) {
    if (!clock.instant().isBefore(claims.expiresAt().plus(SKEW))) {
      throw new RefusedToken(TokenFault.EXPIRED);
    }
    notBefore(claims.issuedAt());
  }

  private void notBefore(Instant begin) {
    if (clock.instant().plus(SKEW).isBefore(begin)) {
      throw new RefusedToken(TokenFault.TOO_EARLY);
    }
  }

  private static String text(Map<String, Json> members, String name) {
    if (members.get(name) instanceof Json.Text(var text) && !text.isEmpty()) {
      return text;
    }
    throw new RefusedToken(TokenFault.CLAIMS);
  }

  private static long whole(Map<String, Json> members, String name) {
    if (members.get(name) instanceof Json.Num(var digits) && WHOLE.matcher(digits).matches()) {
      return Long.parseLong(digits);
    }
    throw new RefusedToken(TokenFault.CLAIMS);
  }
}
