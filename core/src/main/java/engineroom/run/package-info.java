/// Carries out what is allowed: plans against a store, writes within its transactions.
@NullMarked
package engineroom.run;

import org.jspecify.annotations.NullMarked;
