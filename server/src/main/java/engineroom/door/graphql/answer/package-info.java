/// Makes answers of rows: the members that a document asks for, under its names and in its order.
@NullMarked
package engineroom.door.graphql.answer;

import org.jspecify.annotations.NullMarked;
