@NullMarked
package engineroom.server;

import org.jspecify.annotations.NullMarked;
