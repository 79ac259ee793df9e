/** All that {{name}} has to offer. Blocks the calling thread, and may be used by many. */
public final class {{client}} {
  private final Connection connection;

  /** Over a connection. */
  public {{client}}(Connection connection) {
    this.connection = connection;
  }

  /** Of a server, in nobody's name until somebody signs in. */
  public static {{client}} at(String url) {
    return new {{client}}(Connection.to(url).open());
  }

  /** What all calls go through. */
  public Connection connection() {
    return connection;
  }

  /** Who is signed in. */
  public Accounts<{{user}}, {{user}}Change> accounts() {
    return new Accounts<>(connection, {{user}}::read);
  }

  /** Several requests that will be one transaction. */
  public Batch batch() {
    return new Batch(connection);
  }

  /** The latest imports. */
  public Imports imports() {
    return new Imports(connection);
  }

  /** Documents of GraphQL. */
  public GraphQl graphQl() {
    return new GraphQl(connection);
  }

{{rows}}
}
