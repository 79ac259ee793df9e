package engineroom.server;

import static engineroom.problem.ProblemException.problem;

import engineroom.account.password.Passwords;
import engineroom.door.admin.AdminDoor;
import engineroom.door.auth.AuthDoor;
import engineroom.door.graphql.GraphQlDoor;
import engineroom.door.openapi.DocsPage;
import engineroom.door.openapi.OpenApiDoor;
import engineroom.door.transfer.TransferDoor;
import engineroom.http.Handler;
import engineroom.http.Request;
import engineroom.http.Response;
import engineroom.problem.RequestProblem.NoSuchPath;
import org.jspecify.annotations.Nullable;

/// Sends each request to its door.
///
/// @param admin null where there is none
/// @param passwords are told of whoever does not sign in
record Doors(
    Handler api,
    TransferDoor transfer,
    AuthDoor auth,
    OpenApiDoor openApi,
    GraphQlDoor graphQl,
    DocsPage docs,
    @Nullable Handler admin,
    Passwords passwords)
    implements Handler {
  @Override
  public Intake intake(Request.Head head) {
    var intake = transfer.intake(head);
    return intake == Intake.WHOLE ? api.intake(head) : intake;
  }

  @Override
  public Response handle(Request request) {
    var path = request.path();
    if (AuthDoor.answers(path)) {
      return auth.handle(request);
    }
    passwords.othersAreServed();
    if (transfer.answers(request)) {
      return transfer.handle(request);
    }
    if (path.startsWith("/api/")) {
      return api.handle(request);
    }
    if (GraphQlDoor.answers(path)) {
      return graphQl.handle(request);
    }
    if (path.equals("/openapi.json")) {
      return openApi.handle(request);
    }
    if (path.equals("/docs") || path.startsWith("/docs/")) {
      return docs.handle(request);
    }
    if (admin != null && path.startsWith(AdminDoor.PATH)) {
      return admin.handle(request);
    }
    if (path.equals("/")) {
      return Response.empty(302).with("Location", "/docs");
    }
    throw problem(
        new NoSuchPath(
            "There is no " + path + ".", "See /docs for what there is; rows are under /api/."));
  }
}
