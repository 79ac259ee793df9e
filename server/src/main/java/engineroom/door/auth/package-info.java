/// Signing up and in, sessions, and the caller of each request: what HTTP says of accounts.
@NullMarked
package engineroom.door.auth;

import org.jspecify.annotations.NullMarked;
