/// Servers of databases that tests start by themselves.
@NullMarked
package engineroom.stores.testing;

import org.jspecify.annotations.NullMarked;
