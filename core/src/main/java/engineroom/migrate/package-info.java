/// What it takes to make a database fit a model: the layout that was recorded, the steps from it to
/// the model, and what they make of each row. Knows no store; stores carry it out.
@NullMarked
package engineroom.migrate;

import org.jspecify.annotations.NullMarked;
