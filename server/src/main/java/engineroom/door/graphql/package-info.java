/// Answers GraphQL: one root field is one operation, and one statement of the store.
@NullMarked
package engineroom.door.graphql;

import org.jspecify.annotations.NullMarked;
