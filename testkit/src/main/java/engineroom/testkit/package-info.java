@NullMarked
package engineroom.testkit;

import org.jspecify.annotations.NullMarked;
