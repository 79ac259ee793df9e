@NullMarked
package engineroom.records;

import org.jspecify.annotations.NullMarked;
