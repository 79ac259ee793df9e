/// The GraphQL schema of a model, for callers with the same rights.
@NullMarked
package engineroom.door.graphql.schema;

import org.jspecify.annotations.NullMarked;
