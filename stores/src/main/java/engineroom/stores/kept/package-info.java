/// What SQL stores keep of rows that are gone: their values as text, and the trash.
@NullMarked
package engineroom.stores.kept;

import org.jspecify.annotations.NullMarked;
