/// Addresses of networks as text.
@NullMarked
package engineroom.net;

import org.jspecify.annotations.NullMarked;
