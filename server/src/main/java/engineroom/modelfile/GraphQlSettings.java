package engineroom.modelfile;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How much one GraphQL document may ask, and who may ask what.
///
/// @param depth fields within each other
/// @param tokens words, names, values and signs
/// @param aliases fields under another name
/// @param directives `@include` and its kin
/// @param rootFields of one operation
/// @param cost rows that a request may bring at most, lists within lists multiplied
/// @param use who may ask for the schema, which documents, and with GraphiQL
public record GraphQlSettings(
    int depth, int tokens, int aliases, int directives, int rootFields, int cost, Use use) {
  /// Who may ask what.
  ///
  /// @param operations the documents that are answered; null for any
  public record Use(SchemaFor schema, @Nullable Operations operations, GraphiqlFor graphiql) {}

  /// Who may ask for the schema. In `dev` everybody may.
  public enum SchemaFor {
    EVERYBODY,
    SIGNED_IN
  }

  /// Documents that the owner wrote down.
  ///
  /// @param others what becomes of those of anybody but administrators that are not among them
  public record Operations(List<Written> files, Others others) {
    public Operations {
      files = List.copyOf(files);
    }

    /// One file.
    ///
    /// @param file relative to the app's folder
    public record Written(Path file, String text) {}
  }

  /// Documents that nobody wrote down.
  public enum Others {
    REFUSED,
    /// As in `dev`.
    ANSWERED
  }

  /// Who may use GraphiQL. In `dev` everybody may, and administrators wherever anybody may.
  public sealed interface GraphiqlFor {
    /// Nobody, or whoever asks.
    enum All implements GraphiqlFor {
      NOBODY,
      EVERYBODY
    }

    /// Who has one of some roles.
    record Roles(Set<String> names) implements GraphiqlFor {
      public Roles {
        names = Set.copyOf(names);
      }
    }
  }

  public GraphQlSettings {
    within("depth", depth, 30);
    within("tokens", tokens, 20_000);
    within("aliases", aliases, 1_000);
    within("directives", directives, 1_000);
    within("rootFields", rootFields, 100);
    within("cost", cost, 1_000_000);
  }

  private static void within(String name, int value, int max) {
    if (value < 1 || value > max) {
      throw new IllegalArgumentException(name + " must be 1 to " + max + ", was " + value);
    }
  }

  /// What holds where the owner says nothing.
  public static GraphQlSettings defaults() {
    var use = new Use(SchemaFor.SIGNED_IN, null, GraphiqlFor.All.NOBODY);
    return new GraphQlSettings(10, 2_000, 15, 50, 20, 5_000, use);
  }

  /// The same where whoever asks may do all of it.
  GraphQlSettings open() {
    var known = use.operations();
    var any = known == null ? null : new Operations(known.files(), Others.ANSWERED);
    return with(new Use(SchemaFor.EVERYBODY, any, GraphiqlFor.All.EVERYBODY));
  }

  private GraphQlSettings with(Use other) {
    return new GraphQlSettings(depth, tokens, aliases, directives, rootFields, cost, other);
  }
}
