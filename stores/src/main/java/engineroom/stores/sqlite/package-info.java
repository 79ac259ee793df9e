@NullMarked
package engineroom.stores.sqlite;

import org.jspecify.annotations.NullMarked;
