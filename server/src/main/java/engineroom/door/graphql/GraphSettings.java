package engineroom.door.graphql;

import engineroom.door.graphql.allowed.Allowed;
import engineroom.door.graphql.document.DocumentLimits;
import engineroom.modelfile.GraphQlSettings;
import engineroom.modelfile.GraphQlSettings.GraphiqlFor;
import engineroom.modelfile.GraphQlSettings.Others;
import engineroom.modelfile.GraphQlSettings.SchemaFor;
import engineroom.modelfile.GraphQlSettings.Use;
import engineroom.operation.Caller;
import java.util.Collections;
import org.jspecify.annotations.Nullable;

/// What the owner lets GraphQL do.
///
/// @param use who may ask what
/// @param allowed the documents that the owner wrote down; null where there are no such
record GraphSettings(DocumentLimits limits, Use use, @Nullable Allowed allowed) {
  /// As the owner's files have it.
  static GraphSettings of(GraphQlSettings settings) {
    var operations = settings.use().operations();
    return new GraphSettings(
        limits(settings), settings.use(), operations == null ? null : Allowed.of(operations));
  }

  static DocumentLimits limits(GraphQlSettings settings) {
    return new DocumentLimits(
        settings.depth(),
        settings.tokens(),
        settings.aliases(),
        settings.directives(),
        settings.rootFields(),
        settings.cost());
  }

  /// Whether a caller may ask for the schema.
  boolean shows(Caller caller) {
    return use.schema() == SchemaFor.EVERYBODY || caller != Caller.Guest.GUEST;
  }

  /// Whether anybody may use GraphiQL.
  boolean offersGraphiql() {
    return use.graphiql() != GraphiqlFor.All.NOBODY;
  }

  /// Whether a caller may use GraphiQL.
  boolean offersGraphiql(Caller caller) {
    return offersGraphiql()
        && (caller.administrator()
            || switch (use.graphiql()) {
              case GraphiqlFor.All all -> all == GraphiqlFor.All.EVERYBODY;
              case GraphiqlFor.Roles(var names) ->
                  caller instanceof Caller.User user && !Collections.disjoint(user.roles(), names);
            });
  }

  /// Whether a caller may send documents that the owner did not write down.
  boolean takesAny(Caller caller) {
    var operations = use.operations();
    return operations == null || operations.others() == Others.ANSWERED || caller.administrator();
  }
}
