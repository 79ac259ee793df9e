/// How databases record the layout of what they hold: as JSON, the same in each of them.
@NullMarked
package engineroom.stores.record;

import org.jspecify.annotations.NullMarked;
