/// Questions as requests spell them, read into queries with the names that the caller may see.
@NullMarked
package engineroom.door.query;

import org.jspecify.annotations.NullMarked;
