/// Carries compiled documents out: root fields become operations, and outcomes answers.
@NullMarked
package engineroom.door.graphql.work;

import org.jspecify.annotations.NullMarked;
