/// The rule language: a typed subset of CEL, its parser, its typing and its meaning in memory.
@NullMarked
package engineroom.expression;

import org.jspecify.annotations.NullMarked;
