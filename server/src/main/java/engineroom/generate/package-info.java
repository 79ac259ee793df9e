/// Writes programs' sources from the model: clients that know its names and types.
@NullMarked
package engineroom.generate;

import org.jspecify.annotations.NullMarked;
