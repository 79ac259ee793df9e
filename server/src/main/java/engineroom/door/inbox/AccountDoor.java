package engineroom.door.inbox;

import engineroom.http.Handler;
import engineroom.http.Request;
import engineroom.http.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;

/// The page that links of mails lead to in `dev`, where the owner has none yet. It reads the token
/// behind `#`, which no server is sent, and uses it when a button is pressed: programs that look at
/// mails follow links too. Everything else goes on to the other doors. `run` never has this door.
public final class AccountDoor implements Handler {
  private static final String PATH = "/account/";
  private static final Set<String> MAILS =
      Set.of(
          "confirm-email",
          "account-exists",
          "reset-password",
          "unlock",
          "magic-link",
          "email-change",
          "email-leaving",
          "invitation");
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
          + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
          + "require-trusted-types-for 'script'";

  private final Handler others;

  /// @param others what answers all other requests
  public AccountDoor(Handler others) {
    this.others = others;
  }

  @Override
  public Intake intake(Request.Head head) {
    return others.intake(head);
  }

  @Override
  public Response handle(Request request) {
    var path = request.path();
    if (!request.method().equals("GET") || !path.startsWith(PATH)) {
      return others.handle(request);
    }
    return switch (path.substring(PATH.length())) {
      case "account.css" -> asset("account.css", "text/css");
      case "account.js" -> asset("account.js", "text/javascript");
      case String mail when MAILS.contains(mail) -> asset("account.html", "text/html");
      default -> others.handle(request);
    };
  }

  private static Response asset(String name, String type) {
    try (var in = AccountDoor.class.getResourceAsStream("/engineroom/door/inbox/" + name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing");
      }
      return Response.of(200, type + "; charset=utf-8", in.readAllBytes())
          .with("Content-Security-Policy", POLICY)
          .with("Cache-Control", "no-store")
          .with("Referrer-Policy", "no-referrer")
          .with("X-Content-Type-Options", "nosniff");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
