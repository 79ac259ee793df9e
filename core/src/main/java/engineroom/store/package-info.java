/// What a database has to do for Engineroom, and the store that keeps rows in memory.
@NullMarked
package engineroom.store;

import org.jspecify.annotations.NullMarked;
