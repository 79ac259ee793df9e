/// Moves everything that a database keeps of an app into another one, of any kind.
@NullMarked
package engineroom.stores.copy;

import org.jspecify.annotations.NullMarked;
