/// Plans and expressions as SQL text: the one place that writes SQL. What databases say in words of
/// their own is their [Dialect]'s.
@NullMarked
package engineroom.stores.sql;

import org.jspecify.annotations.NullMarked;
