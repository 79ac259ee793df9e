package engineroom.door.graphql;

import engineroom.door.graphql.document.DocumentLimits;

/// What the owner lets GraphQL do.
///
/// @param introspection who may ask for the schema
public record GraphSettings(DocumentLimits limits, Introspection introspection) {
  /// Who may ask for the schema.
  public enum Introspection {
    EVERYBODY,
    /// Guests may not.
    SIGNED_IN
  }

  /// What holds where the owner says nothing.
  public static GraphSettings defaults() {
    return new GraphSettings(DocumentLimits.defaults(), Introspection.SIGNED_IN);
  }
}
