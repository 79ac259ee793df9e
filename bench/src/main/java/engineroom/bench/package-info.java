/// Measures the program against a hand-written one that does the same work without an engine.
@NullMarked
package engineroom.bench;

import org.jspecify.annotations.NullMarked;
