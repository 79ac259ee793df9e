/// Reads GraphQL documents: counted, parsed, validated and compiled, before anything is carried
/// out.
@NullMarked
package engineroom.door.graphql.document;

import org.jspecify.annotations.NullMarked;
