/// A client in Java: a Maven project.
@NullMarked
package engineroom.generate.javaclient;

import org.jspecify.annotations.NullMarked;
