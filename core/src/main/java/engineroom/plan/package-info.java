/// Turns an allowed operation into steps that a store can take.
@NullMarked
package engineroom.plan;

import org.jspecify.annotations.NullMarked;
