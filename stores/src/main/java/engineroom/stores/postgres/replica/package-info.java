/// Standby servers that answer reads: see [WatchedReplicas].
@NullMarked
package engineroom.stores.postgres.replica;

import org.jspecify.annotations.NullMarked;
