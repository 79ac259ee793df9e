package engineroom.account;

import engineroom.account.Desk.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// Something that is done with accounts, and the entries of the audit log that tell it.
///
/// @param before what makes it possible
record AuditedFlow(
    String what, Consumer<Visitor> before, Consumer<Visitor> work, List<String> entries) {
  private static final String ANN = "ann@example.org";
  private static final String NEW = "new@example.org";
  private static final String NEXT = "seven green boats at sea";
  private static final String WRONG = "wrong password, I fear";

  /// Ann with her browser, and what must not be written down.
  record Visitor(Desk desk, Map<String, String> names, Set<String> secrets) {
    static Visitor of(Path folder) {
      var desk = Desk.of(folder, "accounts: { anonymous: true }");
      desk.audited();
      var secrets = new HashSet<>(Set.of(Desk.PASSWORD, NEXT, WRONG, "nobody"));
      return new Visitor(desk, new LinkedHashMap<>(), secrets);
    }

    Answer send(String token, String method, String target, String body) {
      var headers = new LinkedHashMap<>(Map.of("User-Agent", "curl/8"));
      if (!token.isEmpty()) {
        headers.put("Authorization", "Bearer " + token);
        secrets.add(token);
      }
      return desk.send(method, target, headers, body.replace('\'', '"'));
    }

    /// As a guest; it must go well.
    Answer ask(String target, String body) {
      return well(send("", "POST", target, body));
    }

    /// As Ann.
    Answer own(String method, String target, String body) {
      return well(send(token(), method, target, body));
    }

    /// As the administrator.
    Answer administers(String method, String target, String body) {
      return well(send(Desk.KEY, method, target, body));
    }

    private static Answer well(Answer answer) {
      if (answer.status() >= 300) {
        throw new AssertionError(answer.toString());
      }
      return answer;
    }

    void joins() {
      var in = ask("/auth/sign-up", "{'email':'" + ANN + "','password':'" + Desk.PASSWORD + "'}");
      names.put(in.text("user", "id"), "ann");
      names.put(in.text("accessToken"), "token");
      secrets.add(in.text("refreshToken"));
      ask("/auth/verify", "{'token':'" + mailed("token") + "'}");
    }

    void signsIn() {
      login(Desk.PASSWORD);
    }

    Answer login(String password) {
      return send(
          "", "POST", "/auth/sign-in", "{'login':'" + ANN + "','password':'" + password + "'}");
    }

    String ann() {
      return names.entrySet().iterator().next().getKey();
    }

    private String token() {
      return names.entrySet().stream()
          .filter(name -> name.getValue().equals("token"))
          .findFirst()
          .orElseThrow()
          .getKey();
    }

    /// A value of the last mail.
    String mailed(String name) {
      return mailed(desk.mails().getLast(), name);
    }

    String mailed(Desk.Mail mail, String name) {
      var value = mail.values().getOrDefault(name, "");
      secrets.add(value);
      return value;
    }

    /// An id in the log by its name; those that nobody gave one are of sessions and keys.
    String named(String entry) {
      var text = entry;
      for (var name : names.entrySet()) {
        text = text.replace(name.getKey(), name.getValue());
      }
      return text.replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "id");
    }

    /// Turns the second factor on, and gives a recovery code.
    String protects() {
      var secret = own("POST", "/auth/mfa/totp", "").text("secret");
      secrets.add(secret);
      var answer = own("POST", "/auth/mfa/totp/confirm", code(secret));
      names.put(secret, "authenticator");
      return answer.body().replaceAll("(?s).*\\[\"([^\"]+)\".*", "$1");
    }

    /// A code of the authenticator as a body.
    String code(String secret) {
      desk.later(Duration.ofSeconds(30));
      return "{'code':'" + new Authenticator(secret).code(desk.now()) + "'}";
    }

    String secret() {
      return names.entrySet().stream()
          .filter(name -> name.getValue().equals("authenticator"))
          .findFirst()
          .orElseThrow()
          .getKey();
    }
  }

  @Override
  public String toString() {
    return what;
  }

  private static AuditedFlow flow(String what, Consumer<Visitor> work, String... entries) {
    return flow(what, Visitor::joins, work, entries);
  }

  private static AuditedFlow flow(
      String what, Consumer<Visitor> before, Consumer<Visitor> work, String... entries) {
    return new AuditedFlow(what, before, work, List.of(entries));
  }

  static final List<AuditedFlow> ALL = new ArrayList<>();

  static {
    entering();
    refusing();
    secondFactors();
    sessions();
    changing();
    making();
    administering();
    looking();
    locking();
  }

  private static void entering() {
    ALL.add(
        flow(
            "sign-up and confirmation",
            _ -> {},
            Visitor::joins,
            "signedUp done: ann about ann {\"by\":\"password\"}",
            "emailConfirmed done: guest about ann"));
    ALL.add(
        flow(
            "an anonymous account",
            _ -> {},
            v -> v.ask("/auth/anonymous", "{}"),
            "signedUp done: id about id {\"by\":\"nothing\"}"));
    ALL.add(
        flow(
            "sign-in by password",
            Visitor::signsIn,
            "signedIn done: ann about ann {\"by\":\"password\"}"));
    ALL.add(
        flow(
            "sign-in by link",
            v -> {
              v.ask("/auth/magic-link", "{'email':'" + ANN + "'}");
              v.ask("/auth/magic-link/confirm", "{'token':'" + v.mailed("token") + "'}");
            },
            "signedIn done: ann about ann {\"by\":\"link\"}"));
    ALL.add(
        flow(
            "sign-in by code",
            v -> {
              var asked = v.ask("/auth/email-code", "{'email':'" + ANN + "'}").text("transaction");
              var body = "{'transaction':'" + asked + "','code':'" + v.mailed("code") + "'}";
              v.ask("/auth/email-code/confirm", body);
            },
            "signedIn done: ann about ann {\"by\":\"code\"}"));
  }

  private static void refusing() {
    ALL.add(
        flow(
            "a wrong password",
            v -> v.login(WRONG),
            "signInFailed refused: guest about ann {\"by\":\"password\"}"));
    ALL.add(
        flow(
            "an unknown login",
            v -> v.send("", "POST", "/auth/sign-in", "{'login':'nobody','password':'x'}"),
            "signInFailed refused: guest {\"by\":\"password\"}"));
    ALL.add(
        flow(
            "a link that is not good",
            v -> v.send("", "POST", "/auth/magic-link/confirm", "{'token':'er_ml_no'}"),
            "signInFailed refused: guest {\"by\":\"link\"}"));
    ALL.add(
        flow(
            "a wrong present password",
            v -> {
              var body = "{'current':'" + WRONG + "','password':'" + NEXT + "'}";
              v.send(v.token(), "POST", "/auth/password", body);
            },
            "passwordChanged refused: ann about ann {\"by\":\"password\"}"));
    ALL.add(
        flow(
            "a deletion with a wrong password",
            v -> v.send(v.token(), "DELETE", "/auth/me", "{'password':'" + WRONG + "'}"),
            "accountDeleted refused: ann about ann {\"by\":\"password\"}"));
  }

  private static void secondFactors() {
    Consumer<Visitor> on =
        v -> {
          v.joins();
          v.protects();
        };
    ALL.add(flow("a second factor", Visitor::protects, "factorAdded done: ann about ann"));
    ALL.add(
        flow(
            "sign-in with a second factor",
            on,
            v -> {
              var step = v.login(Desk.PASSWORD).text("mfaToken");
              v.secrets().add(step);
              var code = v.code(v.secret());
              v.ask("/auth/mfa/verify", "{'mfaToken':'" + step + "'," + code.substring(1));
            },
            "signedIn done: ann about ann {\"by\":\"authenticator\"}"));
    ALL.add(
        flow(
            "a wrong second factor",
            on,
            v -> {
              var step = v.login(Desk.PASSWORD).text("mfaToken");
              v.send(
                  "", "POST", "/auth/mfa/verify", "{'mfaToken':'" + step + "','recoveryCode':'A'}");
            },
            "signInFailed refused: guest about ann {\"by\":\"recoveryCode\"}"));
    ALL.add(
        flow(
            "new recovery codes, and no second factor any more",
            on,
            v -> {
              var password = "{'password':'" + Desk.PASSWORD + "',";
              v.own("POST", "/auth/mfa/recovery-codes", password + v.code(v.secret()).substring(1));
              v.own("DELETE", "/auth/mfa/totp", password + v.code(v.secret()).substring(1));
            },
            "factorAdded done: ann about ann",
            "factorRemoved done: ann about ann"));
    ALL.add(
        flow(
            "an administrator takes the second factor off",
            on,
            v -> v.administers("PATCH", "/api/users/" + v.ann(), "{'secondFactor':false}"),
            "factorRemoved done: administrator about ann"));
  }

  private static void sessions() {
    ALL.add(
        flow(
            "sign-out",
            v -> v.own("POST", "/auth/sign-out", ""),
            "signedOut done: ann about ann {\"session\":\"id\"}"));
    ALL.add(
        flow(
            "the end of other sessions",
            v -> {
              v.signsIn();
              v.own("DELETE", "/auth/sessions", "");
            },
            "signedIn done: ann about ann {\"by\":\"password\"}",
            "sessionEnded done: ann about ann {\"sessions\":1}"));
    ALL.add(
        flow(
            "a session's row is deleted",
            v -> {
              var session = v.own("GET", "/auth/me", "").text("session");
              v.own("DELETE", "/api/sessions/" + session, "");
            },
            "sessionEnded done: ann about id"));
    ALL.add(
        flow(
            "a refresh token comes twice",
            v -> {
              var refresh = v.login(Desk.PASSWORD).text("refreshToken");
              v.secrets().add(refresh);
              v.ask("/auth/refresh", "{'refreshToken':'" + refresh + "'}");
              v.desk().later(Duration.ofMinutes(1));
              v.send("", "POST", "/auth/refresh", "{'refreshToken':'" + refresh + "'}");
            },
            "signedIn done: ann about ann {\"by\":\"password\"}",
            "tokenReused done: guest about ann {\"session\":\"id\"}"));
  }

  private static void changing() {
    ALL.add(
        flow(
            "a new password",
            v -> {
              var body = "{'current':'" + Desk.PASSWORD + "','password':'" + NEXT + "'}";
              v.own("POST", "/auth/password", body);
            },
            "passwordChanged done: ann about ann"));
    ALL.add(
        flow(
            "a forgotten password",
            v -> {
              v.ask("/auth/password/reset", "{'email':'" + ANN + "'}");
              var body = "{'token':'" + v.mailed("token") + "','password':'" + NEXT + "'}";
              v.ask("/auth/password/reset/confirm", body);
            },
            "passwordReset done: guest about ann"));
    ALL.add(
        flow(
            "a new address",
            v -> {
              v.own("POST", "/auth/email", "{'email':'" + NEW + "'}");
              var mails = v.desk().mails();
              var old = v.mailed(mails.get(mails.size() - 2), "token");
              v.ask("/auth/email/confirm", "{'token':'" + v.mailed("token") + "'}");
              v.ask("/auth/email/confirm", "{'token':'" + old + "'}");
            },
            "emailChanged done: guest about ann"));
    ALL.add(
        flow(
            "a new address that is stopped",
            v -> {
              v.own("POST", "/auth/email", "{'email':'" + NEW + "'}");
              var mails = v.desk().mails();
              var old = v.mailed(mails.get(mails.size() - 2), "token");
              v.ask("/auth/email/stop", "{'token':'" + old + "'}");
            },
            "emailChanged refused: guest about ann"));
  }

  private static void making() {
    ALL.add(
        flow(
            "keys",
            v -> {
              var key = v.own("POST", "/auth/keys", "{'name':'till'}");
              v.secrets().add(key.text("key"));
              v.own("DELETE", "/auth/keys/" + key.text("id"), "");
              var other = v.own("POST", "/auth/keys", "{'name':'till'}");
              v.own("DELETE", "/api/apiKeys/" + other.text("id"), "");
            },
            "keyMade done: ann about ann {\"key\":\"id\"}",
            "keyRevoked done: ann about ann {\"key\":\"id\"}",
            "keyMade done: ann about ann {\"key\":\"id\"}",
            "keyRevoked done: ann about id"));
    ALL.add(
        flow(
            "the account's end",
            v -> v.own("DELETE", "/auth/me", "{'password':'" + Desk.PASSWORD + "'}"),
            "accountDeleted done: ann about ann"));
  }

  private static void administering() {
    ALL.add(
        flow(
            "an invitation, and the roles that come with it",
            v -> {
              var email = "'email':'bob@example.org'";
              v.administers("POST", "/auth/invitations", "{" + email + ",'roles':['clerk']}");
              var invited = ",'password':'" + NEXT + "','invitation':'" + v.mailed("token") + "'}";
              v.ask("/auth/sign-up", "{" + email + invited);
            },
            "invited done: administrator {\"invitation\":\"id\"}",
            "signedUp done: id about id {\"by\":\"invitation\"}",
            "roleGiven done: guest about id {\"roles\":[\"clerk\"]}"));
    ALL.add(
        flow(
            "roles",
            v -> {
              v.administers("PATCH", "/api/users/" + v.ann(), "{'roles':['clerk','chief']}");
              v.desk().later(Duration.ofMillis(1));
              v.administers("PATCH", "/api/users/" + v.ann(), "{'roles':['chief']}");
            },
            "roleGiven done: administrator about ann {\"roles\":[\"clerk\",\"chief\"]}",
            "roleTaken done: administrator about ann {\"roles\":[\"clerk\"]}"));
    ALL.add(
        flow(
            "a suspension, and its end",
            v -> {
              v.administers("PATCH", "/api/users/" + v.ann(), "{'suspended':true}");
              v.administers("PATCH", "/api/users/" + v.ann(), "{'suspended':false}");
            },
            "suspended done: administrator about ann",
            "restored done: administrator about ann"));
  }

  private static void looking() {
    ALL.add(
        flow(
            "an administrator in the name of a user",
            v -> {
              var in = v.administers("POST", "/auth/impersonate", "{'user':'" + v.ann() + "'}");
              v.send(in.text("accessToken"), "POST", "/auth/sign-out", "");
            },
            "impersonationBegan done: administrator about ann {\"session\":\"id\"}",
            "impersonationEnded done: ann about ann {\"session\":\"id\"}"));
    ALL.add(
        flow(
            "an export",
            v -> v.administers("GET", "/api/notes/export", ""),
            "exported done: administrator {\"path\":\"/api/notes/export\"}"));
    ALL.add(
        flow(
            "a user's row is deleted",
            v -> v.administers("DELETE", "/api/users/" + v.ann(), ""),
            "sessionEnded done: administrator about id",
            "accountDeleted done: administrator about ann"));
    ALL.add(
        flow(
            "an identity of another service",
            v -> {
              var who = "{'user':'" + v.ann() + "','provider':'p','issuer':'i','subject':'s'}";
              var made = v.administers("POST", "/api/identities", who);
              v.administers("DELETE", "/api/identities/" + made.text("id"), "");
            },
            "identityLinked done: administrator about id",
            "identityRemoved done: administrator about id"));
  }

  private static void locking() {
    ALL.add(
        flow(
            "too many wrong passwords",
            v -> {
              v.login(WRONG);
              v.desk().nearlyLocked();
              v.login(WRONG);
              v.desk().later(Duration.ofHours(1));
              v.login(Desk.PASSWORD);
              v.ask("/auth/unlock", "{'token':'" + v.mailed("token") + "'}");
            },
            "locked done: guest about ann",
            "unlocked done: guest about ann",
            "signInFailed refused: guest about ann {\"by\":\"password\"}",
            "signInFailed refused: guest about ann {\"by\":\"password\"}"));
  }
}
