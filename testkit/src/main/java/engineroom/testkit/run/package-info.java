/// What a build has to know about tests to run them.
@NullMarked
package engineroom.testkit.run;

import org.jspecify.annotations.NullMarked;
