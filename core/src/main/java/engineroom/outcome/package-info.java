/// What came of an operation.
@NullMarked
package engineroom.outcome;

import org.jspecify.annotations.NullMarked;
