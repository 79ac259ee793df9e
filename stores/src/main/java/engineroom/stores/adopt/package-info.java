/// Tables of somebody else's that are served as they are: what there is, and whether a model fits.
@NullMarked
package engineroom.stores.adopt;

import org.jspecify.annotations.NullMarked;
