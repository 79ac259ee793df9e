/// Who can sign in, and who is calling.
@NullMarked
package engineroom.account;

import org.jspecify.annotations.NullMarked;
