/// Weaves the caller's rules into an operation; what comes out is allowed.
@NullMarked
package engineroom.authorize;

import org.jspecify.annotations.NullMarked;
