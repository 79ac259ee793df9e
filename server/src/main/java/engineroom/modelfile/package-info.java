/// The owner's files; the only package that knows the YAML library.
@NullMarked
package engineroom.modelfile;

import org.jspecify.annotations.NullMarked;
