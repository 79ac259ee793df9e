/// The documents that the owner wrote down, and which of them a request asks for.
@NullMarked
package engineroom.door.graphql.allowed;

import org.jspecify.annotations.NullMarked;
