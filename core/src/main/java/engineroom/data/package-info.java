/// Values, their types, and rows: what stores keep and doors show.
@NullMarked
package engineroom.data;

import org.jspecify.annotations.NullMarked;
