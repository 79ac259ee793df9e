/// What a valid document asks, compiled once: what the engine is asked, and how its answers are
/// cut.
@NullMarked
package engineroom.door.graphql.compiled;

import org.jspecify.annotations.NullMarked;
