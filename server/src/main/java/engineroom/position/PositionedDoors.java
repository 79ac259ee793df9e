package engineroom.position;

import engineroom.door.auth.PositionCookie;
import engineroom.door.graphql.GraphQlDoor;
import engineroom.http.Handler;
import engineroom.http.Request;
import engineroom.http.Response;
import engineroom.stores.Database;
import engineroom.stores.Freshness;
import engineroom.stores.Freshness.Reads;
import engineroom.stores.Replicas;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/// Has copies of the database answer reads, and none of them a caller who would miss there what
/// they wrote. Answers to writes say where the log ended ([Position#HEADER], and a cookie for
/// browsers); reads bring it back.
public final class PositionedDoors implements Handler {
  /// Which server answered.
  private static final String READ = "Engineroom-Read";

  private static final Pattern QUESTION = Pattern.compile("/api/[^/]+/query");

  private final Handler doors;
  private final Replicas replicas;
  private final LastWrites last = new LastWrites();

  private PositionedDoors(Handler doors, Replicas replicas) {
    this.doors = doors;
    this.replicas = replicas;
  }

  /// The doors of an app; the same where it has no replicas.
  public static Handler over(Handler doors, Database database) {
    return database
        .replicas()
        .<Handler>map(replicas -> new PositionedDoors(doors, replicas))
        .orElse(doors);
  }

  @Override
  public Intake intake(Request.Head head) {
    return doors.intake(head);
  }

  @Override
  public Response handle(Request request) {
    var freshness = freshness(request);
    try {
      var response =
          ScopedValue.where(Freshness.CURRENT, freshness).call(() -> doors.handle(request));
      return told(request, within(request, freshness, response), freshness);
    } finally {
      note(request, freshness);
    }
  }

  private void note(Request request, Freshness freshness) {
    if (freshness.written() > 0) {
      last.note(request.call(), freshness.written());
    }
  }

  private Freshness freshness(Request request) {
    if (!reads(request)) {
      return new Freshness(Reads.PRIMARY, 0);
    }
    var brought = brought(request.headers());
    if (brought.isEmpty() && !replicas.answerEverybody()) {
      return new Freshness(Reads.PRIMARY, 0);
    }
    var seen = Math.max(brought.orElse(0), last.of(request.call()));
    var lasts = request.path().endsWith("/export");
    return new Freshness(lasts ? Reads.LASTING : Reads.REPEATED, seen);
  }

  /// Whether a request only reads, or a query of GraphQL may: mutations write in transactions,
  /// which are the primary's.
  private static boolean reads(Request request) {
    var path = request.path();
    if (path.equals(GraphQlDoor.PATH)) {
      return true;
    }
    return switch (request.method()) {
      case "GET", "QUERY" -> path.startsWith("/api/");
      case "POST" -> QUESTION.matcher(path).matches();
      default -> false;
    };
  }

  /// The later one of both places that a browser brings.
  private static OptionalLong brought(Request.Headers headers) {
    var after = Position.after(headers);
    var cookie = PositionCookie.read(headers).map(Position::parsed).orElse(OptionalLong.empty());
    if (after.isEmpty() || cookie.isEmpty()) {
      return after.isEmpty() ? cookie : after;
    }
    return OptionalLong.of(Math.max(after.getAsLong(), cookie.getAsLong()));
  }

  /// What is read and written while the answer is sent is so for the same request. Its header is
  /// gone by then: such a write is known to this process alone.
  private Response within(Request request, Freshness freshness, Response response) {
    if (!(response.body() instanceof Response.Body.Stream(var writer))) {
      return response;
    }
    Response.Writer bound =
        out ->
            ScopedValue.where(Freshness.CURRENT, freshness)
                .call(
                    () -> {
                      try {
                        writer.write(out);
                        return freshness;
                      } finally {
                        note(request, freshness);
                      }
                    });
    return new Response(response.status(), response.headers(), new Response.Body.Stream(bound));
  }

  private Response told(Request request, Response response, Freshness freshness) {
    var told = response;
    if (reads(request)) {
      told = told.with(READ, freshness.copy() == null ? "primary" : "replica");
    }
    if (freshness.written() == 0) {
      return told;
    }
    var position = Position.text(freshness.written());
    return cookied(request, told.with(Position.HEADER, position), position);
  }

  /// An answer has room for one cookie: that of a session that begins or ends goes first.
  private Response cookied(Request request, Response response, String position) {
    if (response.headers().containsKey(PositionCookie.FIELD)) {
      return response;
    }
    return PositionCookie.set(request.headers(), position, replicas.staleSeconds() + 1)
        .map(cookie -> response.with(PositionCookie.FIELD, cookie))
        .orElse(response);
  }
}
