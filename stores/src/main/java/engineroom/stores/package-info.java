/// What all stores on databases have in common for the program that opens them: how a database is
/// addressed, and what may be asked of one that is open.
@NullMarked
package engineroom.stores;

import org.jspecify.annotations.NullMarked;
