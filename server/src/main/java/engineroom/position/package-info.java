/// What requests tell of what was written, so that copies of the database may answer reads: see
/// [PositionedDoors].
@NullMarked
package engineroom.position;

import org.jspecify.annotations.NullMarked;
