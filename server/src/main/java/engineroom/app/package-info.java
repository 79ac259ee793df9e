/// What the command line asks of the program behind it, and what both share.
@NullMarked
package engineroom.app;

import org.jspecify.annotations.NullMarked;
