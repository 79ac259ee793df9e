/// The door for files of rows: imports, their list and their undoing, exports.
@NullMarked
package engineroom.door.transfer;

import org.jspecify.annotations.NullMarked;
