/// What pages of the program load, from the program alone.
@NullMarked
package engineroom.door.page;

import org.jspecify.annotations.NullMarked;
