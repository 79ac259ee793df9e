package engineroom.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/// An app with users, for what is measured of accounts. Nothing in it is rate limited, and each
/// request says itself from where it comes.
final class AccountsApp implements AutoCloseable {
  static final String PASSWORD = "quiet river under a bridge";
  static final int USERS = 1_000;
  private static final int ROWS = 2_000;
  private static final Pattern ID = Pattern.compile("\"id\":\"([0-9a-f-]{36})\"");

  private static final String MODEL =
      """
      engineroom: 1
      name: Accounts
      store: ${DATABASE_URL:sqlite:data/accounts.db}
      accounts: { confirm: %s, accessMinutes: 60 }
      settings:
        rates: { guests: off, callers: off, refused: off, credentials: off }
        proxies: [127.0.0.1, "::1"]
      entities:
        folder:
          fields: { name: { type: text, unique: true }, owner: user }
        page:
          fields: { title: text, text: text, size: integer, added: date, folder: folder }
          access: { read: true }
        note:
          fields: { title: text, text: text, size: integer, added: date, folder: folder }
          access: { read: folder.owner == caller.id }
      """;

  private final ServerProcess server;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private AccountsApp(ServerProcess server) {
    this.server = server;
  }

  /// Starts it with a database of its own.
  ///
  /// @param confirm as `accounts.confirm` says it
  static AccountsApp start(Path source, Path folder, String confirm) throws IOException {
    Bench.clear(folder);
    Files.createDirectories(folder.resolve("seed"));
    Files.writeString(folder.resolve("engineroom.yaml"), MODEL.formatted(confirm));
    var reader = "- { email: reader@example.org, emailVerified: true, password: \"%s\" }\n";
    Files.writeString(folder.resolve("seed/user.yaml"), reader.formatted(PASSWORD));
    Files.writeString(
        folder.resolve("seed/folder.csv"), "name,owner.email\nfirst,reader@example.org\n");
    var rows = new StringBuilder("title,text,size,added,folder.name\n");
    for (int i = 0; i < ROWS; i++) {
      rows.append("Row %d,Some words about row %d,%d,2026-05-01,first\n".formatted(i, i, i));
    }
    Files.writeString(folder.resolve("seed/page.csv"), rows);
    Files.writeString(folder.resolve("seed/note.csv"), rows);
    return new AccountsApp(ServerProcess.seeded(source, folder, folder.resolve("data")));
  }

  LoadClient client() {
    return server.client();
  }

  URI address() {
    return server.address();
  }

  /// The address of a user who is there once [#signUp] is done.
  static String known(int number) {
    return "known%05d@example.org".formatted(number);
  }

  /// Of the same length, and nobody's.
  static String unknown(int number) {
    return "other%05d@example.org".formatted(number);
  }

  static String address(int number) {
    return "10.%d.%d.%d".formatted(number >> 16 & 255, number >> 8 & 255, number & 255);
  }

  /// Makes the users, with confirmed addresses.
  void signUp() throws IOException, InterruptedException {
    for (int i = 0; i < USERS; i++) {
      var up = "{\"email\":\"%s\",\"password\":\"%s\"}".formatted(known(i), PASSWORD);
      int status = send("POST", "/auth/sign-up", address(i), up).statusCode();
      if (status != 201 && status != 202) {
        throw new IllegalStateException("signing up was answered " + status);
      }
    }
    for (int i = 0; i < USERS; i++) {
      var found = send("GET", "/api/users?newEmail=" + known(i), "", "").body();
      var id = ids(found).getFirst();
      var confirmed =
          "{\"email\":\"%s\",\"emailVerified\":true,\"newEmail\":null}".formatted(known(i));
      var answer = send("PATCH", "/api/users/" + id, "", confirmed);
      if (answer.statusCode() != 200) {
        throw new IllegalStateException("confirming was answered " + answer.body());
      }
    }
  }

  /// An access token of who owns the folder.
  String reader() throws IOException, InterruptedException {
    var in = "{\"login\":\"reader@example.org\",\"password\":\"%s\"}".formatted(PASSWORD);
    var answer = send("POST", "/auth/sign-in", address(1), in).body();
    var token = Pattern.compile("\"accessToken\":\"([^\"]+)\"").matcher(answer);
    if (!token.find()) {
      throw new IllegalStateException("signing in was answered " + answer);
    }
    return token.group(1);
  }

  /// The ids of some rows of an entity.
  List<String> rows(String plural) throws IOException, InterruptedException {
    return ids(send("GET", "/api/" + plural + "?fields=id&limit=500", "", "").body());
  }

  private static List<String> ids(String body) {
    return ID.matcher(body).results().map(found -> found.group(1)).toList();
  }

  /// @param from an address; empty for the administrator
  private HttpResponse<String> send(String method, String path, String from, String body)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(server.address().resolve(path))
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body));
    if (from.isEmpty()) {
      request.header("Authorization", "Bearer " + ServerProcess.KEY);
    } else {
      request.header("X-Forwarded-For", from);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  @Override
  public void close() {
    client.close();
    server.close();
  }
}
