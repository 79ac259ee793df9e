/// How passwords, one-time codes and recovery codes are kept and checked. No store, no caller.
@NullMarked
package engineroom.account.password;

import org.jspecify.annotations.NullMarked;
