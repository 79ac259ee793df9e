/// The page of `dev` that shows the mails it keeps.
@NullMarked
package engineroom.door.inbox;

import org.jspecify.annotations.NullMarked;
