/// The command line: reads what the owner types, prints what comes of it, watches files.
@NullMarked
package engineroom.cli;

import org.jspecify.annotations.NullMarked;
