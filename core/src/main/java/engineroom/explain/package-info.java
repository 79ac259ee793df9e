/// Tells why an operation is allowed or refused: every rule that was asked, part by part.
@NullMarked
package engineroom.explain;

import org.jspecify.annotations.NullMarked;
