/// What can go wrong that a caller can act on.
@NullMarked
package engineroom.problem;

import org.jspecify.annotations.NullMarked;
