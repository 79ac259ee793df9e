package {{package}}.client;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Documents of GraphQL. */
public final class GraphQl {
  private static final Pattern MUTATION = Pattern.compile("(^|[\\s}])mutation[\\s({@]");

  private final Connection connection;

  /** Asks over a connection. */
  public GraphQl(Connection connection) {
    this.connection = connection;
  }

  /** One error of an answer; its problem is told as REST tells it. */
  public record Error(String message, List<Json> path, Problem problem) {
    private static Error read(Json told) {
      var members = told.object();
      var extensions = members.at("extensions").object();
      var problem = extensions.at("code").text() == null ? null : problem(members, extensions);
      return new Error(members.at("message").text(), members.at("path").elements(), problem);
    }

    private static Problem problem(Json.Object error, Json.Object extensions) {
      return extensions.at("title").text() == null
          ? Problem.read(extensions.with("title", error.at("message")), null)
          : Problem.read(extensions, null);
    }
  }

  /** Thrown where an answer has errors; what there was nevertheless is {@link #data}. */
  public static final class GraphQlException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<Error> errors;
    private final transient Json data;

    private GraphQlException(List<Error> errors, Json data) {
      super(String.join(" ", errors.stream().map(Error::message).toList()));
      this.errors = errors;
      this.data = data;
    }

    /** What went wrong. */
    public List<Error> errors() {
      return errors;
    }

    /** What there was nevertheless. */
    public Json data() {
      return data;
    }
  }

  /** Asks by a document. */
  public Json.Object ask(String document) {
    return ask(document, Json.EMPTY);
  }

  /** Asks by a document with variables. */
  public Json.Object ask(String document, Json.Object variables) {
    var body = new Json.Object(Map.of("query", Json.of(document), "variables", variables));
    boolean safe = !MUTATION.matcher(document).find();
    var request = new Request("POST", "/graphql").body(body);
    request.repeat(safe ? Request.Repeat.SAFE : Request.Repeat.KEYED);
    var answer = connection.send(request).object();
    var errors = answer.at("errors").elements().stream().map(Error::read).toList();
    if (!errors.isEmpty() || !(answer.at("data") instanceof Json.Object data)) {
      throw new GraphQlException(errors, answer.at("data"));
    }
    return data;
  }
}
