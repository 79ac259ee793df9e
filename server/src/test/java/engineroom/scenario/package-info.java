/// Tests through the REST door over real stores.
@NullMarked
package engineroom.scenario;

import org.jspecify.annotations.NullMarked;
