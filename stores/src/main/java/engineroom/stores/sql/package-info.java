/// Plans and expressions as SQL text: the one place that writes SQL. The dialect is SQLite's so
/// far.
@NullMarked
package engineroom.stores.sql;

import org.jspecify.annotations.NullMarked;
