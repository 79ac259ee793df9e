/// What of the operating system is used beyond Java: native libraries out of jars, and threads that
/// come after others.
@NullMarked
package engineroom.system;

import org.jspecify.annotations.NullMarked;
