/// Requests that are sent again: answered once more, done once.
@NullMarked
package engineroom.door.retry;

import org.jspecify.annotations.NullMarked;
