/// What is asked, in the model's words. Knows no protocol.
@NullMarked
package engineroom.operation;

import org.jspecify.annotations.NullMarked;
