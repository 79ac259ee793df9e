/// Rows that come in and go out as files: imports, their undoing, and exports.
@NullMarked
package engineroom.transfer;

import org.jspecify.annotations.NullMarked;
