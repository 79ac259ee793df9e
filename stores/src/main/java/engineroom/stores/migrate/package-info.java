/// What migrations of all SQL stores share: the layout as it is recorded, in JSON; how a table
/// comes to fit its entity; the statements that move rows.
@NullMarked
package engineroom.stores.migrate;

import org.jspecify.annotations.NullMarked;
