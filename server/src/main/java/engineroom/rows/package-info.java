/// What files of rows have in common: CSV, and values that are found by what is unique of a row.
@NullMarked
package engineroom.rows;

import org.jspecify.annotations.NullMarked;
