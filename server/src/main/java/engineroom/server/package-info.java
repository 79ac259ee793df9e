/// The program as a whole: how its parts are put together.
@NullMarked
package engineroom.server;

import org.jspecify.annotations.NullMarked;
