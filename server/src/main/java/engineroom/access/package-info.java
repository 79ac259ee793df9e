/// Who may do what by a model, what a change of it opens, and the owner's tests of it.
@NullMarked
package engineroom.access;

import org.jspecify.annotations.NullMarked;
