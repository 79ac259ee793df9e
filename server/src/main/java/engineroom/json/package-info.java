/// JSON as a value; the only package that knows the JSON library.
@NullMarked
package engineroom.json;

import org.jspecify.annotations.NullMarked;
