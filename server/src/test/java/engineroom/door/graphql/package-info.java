/// Asks the GraphQL door.
@NullMarked
package engineroom.door.graphql;

import org.jspecify.annotations.NullMarked;
