/// Several requests as one.
@NullMarked
package engineroom.door.batch;

import org.jspecify.annotations.NullMarked;
