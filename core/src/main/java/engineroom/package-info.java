@NullMarked
package engineroom;

import org.jspecify.annotations.NullMarked;
