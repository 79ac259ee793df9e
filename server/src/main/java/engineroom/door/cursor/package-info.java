/// Cursors of pages: sort values that nobody can read or forge.
@NullMarked
package engineroom.door.cursor;

import org.jspecify.annotations.NullMarked;
