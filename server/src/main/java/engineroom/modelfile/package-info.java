/// The owner's files: YAML read into a model, with every mistake told; the only package that knows
/// the YAML library.
@NullMarked
package engineroom.modelfile;

import org.jspecify.annotations.NullMarked;
