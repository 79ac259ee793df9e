/// The owner's files: read, checked, and turned into a model; the only package that knows the YAML library.
@NullMarked
package engineroom.modelfile;

import org.jspecify.annotations.NullMarked;
