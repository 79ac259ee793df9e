/// Writes an app for a database that is there already.
@NullMarked
package engineroom.adopt;

import org.jspecify.annotations.NullMarked;
