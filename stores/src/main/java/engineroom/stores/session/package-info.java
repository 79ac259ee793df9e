/// What SQL stores do with whole rows on a connection: read them, and say why one is refused.
@NullMarked
package engineroom.stores.session;

import org.jspecify.annotations.NullMarked;
