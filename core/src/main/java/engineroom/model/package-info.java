/// The owner's app as one immutable value: entities, fields, rules.
@NullMarked
package engineroom.model;

import org.jspecify.annotations.NullMarked;
