/// What people do with their accounts besides signing up and in: by links and codes of mails, with
/// a new address, without one, and for the last time.
@NullMarked
package engineroom.account.flow;

import org.jspecify.annotations.NullMarked;
