/// The rows that an app begins with, read from the owner's files.
@NullMarked
package engineroom.seed;

import org.jspecify.annotations.NullMarked;
