/// Tokens: signed ones that say who calls, the keys they are signed with, and random ones that are
/// looked up. No store, no caller: keys come and go through [engineroom.account.token.KeyStore].
@NullMarked
package engineroom.account.token;

import org.jspecify.annotations.NullMarked;
