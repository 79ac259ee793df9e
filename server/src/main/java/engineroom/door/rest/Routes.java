package engineroom.door.rest;

import java.util.List;

/// What this door answers.
public final class Routes {
  /// @param path `{…}` stands for one part
  /// @param summary one sentence
  public record Route(String method, String path, String summary) {}

  /// All of them, in the order of the documentation.
  public static final List<Route> ALL =
      List.of(
          new Route("GET", "/api/{plural}", "Lists rows."),
          new Route("QUERY", "/api/{plural}", "Lists rows by a question in the body."),
          new Route("POST", "/api/{plural}/query", "Lists rows by a question in the body."),
          new Route("GET", "/api/{plural}/aggregate", "Counts and measures groups of rows."),
          new Route("POST", "/api/{plural}", "Creates a row, or many, all or none."),
          new Route("GET", "/api/{plural}/{id}", "Shows a row."),
          new Route("PATCH", "/api/{plural}/{id}", "Changes some fields of a row."),
          new Route("PUT", "/api/{plural}/{id}", "Replaces a row, or creates it."),
          new Route("DELETE", "/api/{plural}/{id}", "Deletes a row."),
          new Route("GET", "/api/{plural}/{id}/{list}", "Lists the rows that refer to a row."),
          new Route("POST", "/api/{plural}/{id}/{list}", "Creates a row in a list, or adds one."),
          new Route("DELETE", "/api/{plural}/{id}/{list}/{child}", "Removes a row from a list."));

  private Routes() {}
}
