package {{package}}.client;

import java.util.List;

/** The latest imports of a server, and how they are undone. */
public final class Imports {
  private final Connection connection;

  /** Over a connection. */
  public Imports(Connection connection) {
    this.connection = connection;
  }

  /** The latest first, as the server tells of them: `id`, `entity`, `file` and more. */
  public List<Json.Object> list() {
    var answer = connection.send(new Request("GET", "/api/imports")).object();
    return answer.at("data").elements().stream().map(Json::object).toList();
  }

  /** Takes back what an import did, all of it. */
  public void undo(String id) {
    var path = "/api/imports/" + Parameters.encoded(id);
    connection.send(new Request("DELETE", path).repeat(Request.Repeat.NEVER));
  }
}
