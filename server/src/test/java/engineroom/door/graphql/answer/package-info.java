/// Tests of how answers are cut out.
@NullMarked
package engineroom.door.graphql.answer;

import org.jspecify.annotations.NullMarked;
